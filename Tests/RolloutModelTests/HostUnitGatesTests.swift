import RolloutModel
import SampleValues
import Testing

/// Units of systemd that fail on a host and did not before.
@Suite struct HostUnitGatesTests {
    static let ids = [Samples.a, Samples.b, Samples.c]

    /// - Parameter looks: the units of host `a` at looks 5 s apart; nil if its agent does not tell. Other hosts are
    ///   well.
    func reasons(
        _ checkpoint: Checkpoint, _ looks: [HostUnits?], before: HostUnits? = .init(),
        ignored: [String] = [], of other: HostUnits = .init(), version: Version = Samples.new,
        overrides: [GateOverride]? = nil
    ) -> [HoldReason] {
        var plan = Samples.plan(target: .pinned(version: Samples.new))
        for index in plan.hosts.indices { plan.hosts[index].units = before }
        let gates = Gates(
            plan: plan,
            settings: GateSettings(
                fleet: nil, etcd: nil,
                units: .init(ignored: ignored.map { UnitPattern($0) }, steady: .seconds(10))),
            overrides: overrides)
        let history = looks.enumerated().map { index, units in
            var inventory = Inventory(takenAt: .start + .seconds(index * 5))
            for host in plan.hosts {
                let isConcerned = host.id == Samples.a
                inventory.hosts[host.id] = .seen(
                    HostFacts.sample(
                        machine: host.machine, boot: BootID("x"),
                        version: isConcerned ? version : Samples.old,
                        committed: checkpoint != .beforeCommit || !isConcerned,
                        units: isConcerned ? units : other))
            }
            return inventory
        }
        return gates.verdict(checkpoint, of: Samples.a, history: history).reasons
    }

    static let well = HostUnits()
    static let ill = HostUnits(failed: ["app.service"])
    static let starting = HostUnits(starting: ["app.service"])
    static let failed = HoldReason.hostUnits(
        .unitsFailed(host: Samples.a, units: ["app.service"], on: Samples.new))

    static let courses: [(looks: [HostUnits?], reason: HoldReason?)] = [
        ([well, well, well], nil),
        ([well, well, ill], failed),
        ([ill, ill, ill, ill], failed),
        // Started anew, it may fail again: what it was a moment ago counts.
        (
            [ill, well, well],
            .hostUnits(.unitsUnsteady(host: Samples.a, seen: .seconds(5), needed: .seconds(10)))
        ),
        (
            [ill, well, ill, well],
            .hostUnits(.unitsUnsteady(host: Samples.a, seen: .zero, needed: .seconds(10)))
        ),
        ([ill, well, well, well], nil),
        ([well], .hostUnits(.unitsUnsteady(host: Samples.a, seen: .zero, needed: .seconds(10)))),
        ([well, well, starting], .hostUnits(.unitsStarting(host: Samples.a, units: ["app.service"]))),
        (
            [starting, well, well],
            .hostUnits(.unitsUnsteady(host: Samples.a, seen: .seconds(5), needed: .seconds(10)))
        ),
        (
            [nil, nil, nil],
            .host(
                .untold(
                    host: Samples.a, .units,
                    why:
                        "its agent is an older one, which does not tell: 'turnstile install' brings a newer one, except in the middle of a host's turn"
                ))
        ),
        (
            [nil, well, well],
            .hostUnits(.unitsUnsteady(host: Samples.a, seen: .seconds(5), needed: .seconds(10)))
        ),
    ]

    @Test(arguments: courses.indices) func aHostIsCommittedOnlyWhenItIsWell(index: Int) {
        let (looks, reason) = Self.courses[index]
        #expect(reasons(.beforeCommit, looks) == [reason].compactMap(\.self))
        let word = [GateOverride(gate: .unitsFailed, reason: "known")]
        #expect(reasons(.beforeCommit, looks, overrides: word).isEmpty)
    }

    /// The units that fail now, those that failed before, those that may fail, and those that hold.
    @Test(
        arguments: [
            (["app.service"], ["app.service"], [], []), (["app.service"], [], ["app.service"], []),
            (["app@1.service", "app@2.service"], ["app@1.service"], [], ["app@2.service"]),
            (["app@1.service"], [], ["app@*"], []), (["app@1.service"], [], ["*"], []),
            (["app@1.service"], [], ["app"], ["app@1.service"]),
            (["app@1.service"], [], ["app@?.service"], []),
            (["app@12.service"], [], ["app@?.service"], ["app@12.service"]),
            (["update-engine.service", "turnstile-agent.service"], [], [], []),
            (["sshd@4-10.0.0.1:22-10.0.0.2:50312.service"], [], [], []),
            (["sshd.service"], [], [], ["sshd.service"]),
            (["aaaaab.mount"], [], ["*a*a*a*a*b*c"], ["aaaaab.mount"]),
        ] as [([String], [String], [String], [String])])
    func onlyWhatIsNewHolds(now: [String], before: [String], ignored: [String], held: [String]) {
        let reasons = reasons(
            .beforeCommit, [.init(failed: now), .init(failed: now), .init(failed: now)],
            before: .init(failed: before), ignored: ignored)
        #expect(
            reasons
                == (held.isEmpty
                    ? [] : [.hostUnits(.unitsFailed(host: Samples.a, units: held, on: Samples.new))]))
    }

    /// The services that ran before, what is told of them now, what may stop, and what holds.
    @Test(
        arguments: [
            (["app.service"], HostUnits(running: ["app.service"]), [], []),
            (["app.service"], HostUnits(running: []), [], ["app.service"]),
            (
                ["app.service", "b.service"], HostUnits(running: ["b.service", "c.service"]), [],
                ["app.service"]
            ),
            (["app.service"], HostUnits(running: []), ["app.*"], []),
            (["systemd-networkd.service", "user@500.service"], HostUnits(running: []), [], []),
            (["sshd@4-a.service", "update-engine.service"], HostUnits(running: []), [], []),
            (nil, HostUnits(running: []), [], []), ([], HostUnits(running: nil), [], nil),
            (nil, HostUnits(running: nil), [], []),
        ] as [([String]?, HostUnits, [String], [String]?)])
    func aServiceThatRanBeforeMustRun(
        before: [String]?, now: HostUnits, ignored: [String], held: [String]?
    ) {
        for checkpoint in [Checkpoint.beforeCommit, .afterCommit] {
            let reasons = reasons(
                checkpoint, [now, now, now], before: .init(running: before), ignored: ignored,
                of: .init(running: ["other.service"]))
            let expected: HoldReason =
                held.map { .hostUnits(.unitsStopped(host: Samples.a, units: $0, on: Samples.new)) }
                ?? .host(
                    .untold(
                        host: Samples.a, .units,
                        why: "its agent does not tell which services run, and told it before the rollout"))
            #expect(reasons.filter { $0.subject == Samples.a } == (held == [] ? [] : [expected]))
        }
        for checkpoint in [Checkpoint.beforeStage, .beforeReboot, .beforeRollback, .afterRollback] {
            #expect(
                reasons(checkpoint, [now], before: .init(running: before), version: Samples.old)
                    .filter { $0.subject == Samples.a } == [])
        }
    }

    /// A service that fails, or is being started, is held for that; and a moment ago counts.
    @Test func aServiceIsWaitedFor() {
        let before = HostUnits(running: ["app.service"])
        let (runs, ended) = (before, HostUnits(running: []))
        #expect(
            reasons(.beforeCommit, [HostUnits(failed: ["app.service"], running: [])], before: before)
                == [Self.failed])
        #expect(
            reasons(.beforeCommit, [HostUnits(starting: ["app.service"], running: [])], before: before)
                == [.hostUnits(.unitsStarting(host: Samples.a, units: ["app.service"]))])
        #expect(
            reasons(.beforeCommit, [ended, runs, runs], before: before)
                == [.hostUnits(.unitsUnsteady(host: Samples.a, seen: .seconds(5), needed: .seconds(10)))])
        #expect(reasons(.beforeCommit, [ended, runs, runs, runs], before: before) == [])
    }

    /// A plan of before this was asked, or of a rollout that was taken up: any may be new.
    @Test func whereNobodyKnowsWhatFailedBeforeAnyHolds() {
        #expect(reasons(.beforeCommit, [Self.ill, Self.ill, Self.ill], before: nil) == [Self.failed])
    }

    @Test(arguments: [Checkpoint.beforeStage, .beforeReboot, .afterCommit])
    func noHostGoesWhileAnotherIsNotWell(checkpoint: Checkpoint) {
        // Before it goes a host runs what it is to leave.
        let version = checkpoint == .afterCommit ? Samples.new : Samples.old
        #expect(
            reasons(checkpoint, [Self.well], of: Self.ill, version: version)
                == [Samples.b, Samples.c].map {
                    .hostUnits(.unitsFailed(host: $0, units: ["app.service"], on: nil))
                })
        #expect(reasons(checkpoint, [Self.well], of: Self.starting, version: version).isEmpty)
    }

    @Test(arguments: [Checkpoint.beforeRollback, .afterRollback])
    func aHostInTroubleGoesBackWhateverFails(checkpoint: Checkpoint) {
        #expect(reasons(checkpoint, [Self.ill], of: Self.ill, version: Samples.old).isEmpty)
    }

    @Test func theHoldNamesUnitAndWaysOn() {
        let lines = [Self.failed.gate, Self.failed.description, Self.failed.remedy.text()]
        #expect(
            lines == [
                "units-failed",
                "units of host 'a' fail on 2.0.0 that did not before the rollout: app.service",
                """
                see 'journalctl -b -u app.service' on 'a', and mend it; or take the host back with 'turnstile rollback a'; what \
                may fail for good: gates.units.ignore; or pass it over, with --override units-failed='why'
                """,
            ])
        #expect(Self.failed.overridableGate == .unitsFailed && !Self.failed.isTerminal)
    }
}
