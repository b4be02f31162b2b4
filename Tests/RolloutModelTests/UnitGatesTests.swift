import RolloutModel
import Testing

@Suite struct UnitGatesTests {
    static let before = FleetUnits(
        active: ["web.service": 1, "agent.service": 3],
        launched: ["web.service", "agent.service", "ill.service"])

    /// What fleet runs now, what is to run, and what is missing.
    static let later: [([String: Int], Set<String>, [String])] = [
        (["web.service": 1, "agent.service": 3], ["web.service", "agent.service", "ill.service"], []),
        // Where it runs does not matter: it may have moved.
        (["web.service": 1, "agent.service": 3, "new.service": 1], ["web.service", "agent.service"], []),
        (["agent.service": 3], ["web.service", "agent.service"], ["web.service"]),
        (["web.service": 1, "agent.service": 2], ["web.service", "agent.service"], ["agent.service"]),
        ([:], ["web.service", "agent.service"], ["agent.service", "web.service"]),
        // Somebody stopped or destroyed it: nobody waits.
        (["agent.service": 3], ["agent.service"], []),
    ]

    static func verdict(_ checkpoint: Checkpoint, _ units: Observation<FleetUnits>?) -> Verdict {
        var gates = GatesTests.gates
        gates.plan.units = before
        var history = GatesTests.steady
        for index in history.indices { history[index].units = units }
        return gates.verdict(checkpoint, of: Samples.a, history: history)
    }

    @Test(arguments: later, [Checkpoint.beforeStage, .beforeReboot, .afterCommit])
    func unitsAreWaitedForBetweenHosts(
        now: ([String: Int], Set<String>, [String]), checkpoint: Checkpoint
    ) {
        let units = FleetUnits(active: now.0, launched: now.1)
        #expect(
            Self.verdict(checkpoint, .seen(units))
                == (now.2.isEmpty ? .proceed : .hold([.unitsDown(units: now.2)])))
    }

    /// A host that is out comes home whatever runs elsewhere.
    @Test(arguments: [Checkpoint.beforeCommit, .afterRollback]) func aHostComesHomeWithoutThem(
        checkpoint: Checkpoint
    ) {
        #expect(
            Self.verdict(checkpoint, .seen(FleetUnits(active: [:], launched: ["web.service"]))) == .proceed)
    }

    @Test func whatIsNotKnownHolds() {
        #expect(Self.verdict(.beforeStage, .unknown("503")) == .hold([.unitsUnknown(why: "503")]))
        #expect(Self.verdict(.beforeStage, nil) == .hold([.unitsUnknown(why: "not asked")]))
    }

    @Test func brokenIsWhatIsToRunAndDoesNot() { #expect(Self.before.broken == ["ill.service"]) }
}
