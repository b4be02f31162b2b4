import RolloutModel
import Testing

@Suite struct GateOverrideTests {
    static let word = GateOverride(gate: .units, reason: "web.service is being replaced")
    static let down = HoldReason.fleet(.unitsDown(units: ["web.service"], seenBy: Samples.b))

    static func verdict(_ overrides: [GateOverride], _ change: (inout [Inventory]) -> Void = { _ in })
        -> Verdict
    {
        var gates = GatesTests.gates
        gates.plan.units = FleetUnits(active: ["web.service": 1], launched: ["web.service"])
        gates.overridden = Set(overrides.map(\.gate))
        var history = GatesTests.steady
        for index in history.indices {
            history[index].units = [
                Samples.b: .seen(FleetUnits(active: [:], launched: ["web.service"]))
            ]
        }
        change(&history)
        return gates.verdict(.beforeStage, of: Samples.a, history: history)
    }

    @Test func whatIsPassedOverHoldsNobody() {
        #expect(Self.verdict([]) == .hold([Self.down]))
        #expect(Self.verdict([Self.word]) == .proceed)
        #expect(Self.verdict([GateOverride(gate: .window, reason: "now")]) == .hold([Self.down]))
    }

    /// An override of one gate does not apply to another: etcd's reasons stand.
    @Test func theOtherGatesStand() {
        let ill = GatesTests.view(unhealthy: ["b"])
        let verdict = Self.verdict(OverridableGate.allCases.map { GateOverride(gate: $0, reason: "x") }) {
            history in
            for index in history.indices { history[index].etcd = [Samples.b: .seen(ill)] }
        }
        #expect(verdict == .hold([.etcd(.etcdMemberUnhealthy(member: "b", seenBy: Samples.b, why: "503"))]))
    }

    /// The override is given with the plan, or when a hold is resumed; the machine remembers both.
    @Test func theWordIsRemembered() throws {
        var plan = Samples.plan()
        plan.overrides = [GateOverride(gate: .window, reason: "an emergency")]
        var machine = RolloutMachine(plan: plan)
        #expect(machine.overrides == plan.overrides)
        _ = try machine.handle([.began, .gatesHeld(reasons: [Self.down])])
        _ = try machine.handle(.resumed(retryReverted: false, overrides: [Self.word]))
        #expect(machine.overrides == plan.overrides + [Self.word])
    }

}
