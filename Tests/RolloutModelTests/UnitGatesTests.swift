import RolloutModel
import Testing

@Suite struct UnitGatesTests {
    static let before = FleetUnits(
        active: ["web.service": 1, "agent.service": 3],
        launched: ["web.service", "agent.service", "ill.service"])

    /// The units that run in fleet now, the units that should run, and the units that are missing.
    static let later: [([String: Int], Set<String>, [String])] = [
        (["web.service": 1, "agent.service": 3], ["web.service", "agent.service", "ill.service"], []),
        // The machine does not matter, since a unit may have moved.
        (["web.service": 1, "agent.service": 3, "new.service": 1], ["web.service", "agent.service"], []),
        (["agent.service": 3], ["web.service", "agent.service"], ["web.service"]),
        (["web.service": 1, "agent.service": 2], ["web.service", "agent.service"], ["agent.service"]),
        ([:], ["web.service", "agent.service"], ["agent.service", "web.service"]),
        // The unit was stopped or destroyed by somebody, so the gate does not wait for it.
        (["agent.service": 3], ["agent.service"], []),
    ]

    static func verdict(_ checkpoint: Checkpoint, _ units: Observation<FleetUnits>?) -> Verdict {
        var gates = GatesTests.gates
        gates.plan.units = before
        var history = GatesTests.steady
        for index in history.indices { history[index].units = units.map { [Samples.b: $0] } ?? [:] }
        return gates.verdict(checkpoint, of: Samples.a, history: history)
    }

    @Test(arguments: later, [Checkpoint.beforeStage, .beforeReboot, .afterCommit])
    func unitsAreWaitedForBetweenHosts(
        now: ([String: Int], Set<String>, [String]), checkpoint: Checkpoint
    ) {
        let units = FleetUnits(active: now.0, launched: now.1)
        #expect(
            Self.verdict(checkpoint, .seen(units))
                == (now.2.isEmpty ? .proceed : .hold([.fleet(.unitsDown(units: now.2, seenBy: Samples.b))])))
    }

    /// A host that is out comes back whatever runs elsewhere.
    @Test(arguments: [Checkpoint.beforeCommit, .afterRollback]) func aHostComesHomeWithoutThem(
        checkpoint: Checkpoint
    ) {
        #expect(
            Self.verdict(checkpoint, .seen(FleetUnits(active: [:], launched: ["web.service"]))) == .proceed)
    }

    @Test func whatIsNotKnownHolds() {
        #expect(
            Self.verdict(.beforeStage, .unknown("503"))
                == .hold([.fleet(.unitsUnknown(why: "503", through: HostID("b")))]))
        #expect(Self.verdict(.beforeStage, nil) == .hold([.fleet(.unitsUnknown(why: "not asked"))]))
    }

    @Test func brokenIsWhatIsToRunAndDoesNot() { #expect(Self.before.broken == ["ill.service"]) }

    // MARK: Deis

    static let components = DeisComponents(
        running: ["deis-router@1.service": 1, "deis-store-daemon.service": 3],
        listed: ["deis-router@1.service", "deis-store-daemon.service", "deis-builder.service"])

    static func deis(_ now: Observation<DeisComponents>?, _ checkpoint: Checkpoint = .afterCommit) -> Verdict
    {
        var gates = GatesTests.gates
        gates.plan.deis = components
        var history = GatesTests.steady
        for index in history.indices { history[index].deis = now.map { [Samples.b: $0] } ?? [:] }
        return gates.verdict(checkpoint, of: Samples.a, history: history)
    }

    @Test(
        arguments: [
            (["deis-router@1.service": 1, "deis-store-daemon.service": 3], []),
            (
                ["deis-router@1.service": 1, "deis-store-daemon.service": 2],
                ["deis-store-daemon.service"]
            ),
            // A component that is not listed at all is not up either.
            ([:], ["deis-router@1.service", "deis-store-daemon.service"]),
        ] as [([String: Int], [String])], [Checkpoint.beforeStage, .beforeReboot, .afterCommit])
    func whatDeisRanIsWaitedFor(now: ([String: Int], [String]), checkpoint: Checkpoint) {
        let seen = DeisComponents(running: now.0, listed: Set(now.0.keys))
        #expect(
            Self.deis(.seen(seen), checkpoint)
                == (now.1.isEmpty
                    ? .proceed : .hold([.deis(.deisDown(components: now.1, seenBy: Samples.b))])))
        #expect(Self.deis(.seen(seen), .beforeCommit) == .proceed)
    }

    @Test func whatDeisRunsMustBeKnown() {
        #expect(Self.deis(.unknown("503")) == .hold([.deis(.deisUnknown(why: "503", through: HostID("b")))]))
        #expect(Self.deis(nil) == .hold([.deis(.deisUnknown(why: "not asked"))]))
        #expect(Self.components.broken == ["deis-builder.service"])
    }
}
