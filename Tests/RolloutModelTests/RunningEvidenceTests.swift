import RolloutModel
import SampleValues
import Testing

/// The grounds of gates on units, disks, clocks and files, in words.
@Suite struct RunningEvidenceTests {
    static let (a, b, c) = (Samples.a, Samples.b, Samples.c)

    /// The statements about `a`, of three hosts that are whole but for one change.
    private func statements(
        _ settings: GateSettings, of plan: Plan = Samples.plan(), about host: HostID? = a,
        _ change: (inout Inventory) -> Void
    ) -> [GateEvidence.Statement] {
        var seen = GatesTests.whole(at: 0)
        change(&seen)
        return Gates(plan: plan, settings: settings).statements(about: host, in: seen)
    }

    private func told(_ gate: String, in statements: [GateEvidence.Statement]) -> [String] {
        statements.filter { $0.gate == gate }.map { "\($0.by): \($0.says)" }
    }

    private static let bare = GateSettings(fleet: nil, etcd: nil)

    private static func edit(
        _ inventory: inout Inventory, _ hosts: [HostID], _ change: (inout HostFacts) -> Void
    ) {
        for host in hosts {
            guard var facts = inventory.hosts[host]?.value else { continue }
            change(&facts)
            inventory.hosts[host] = .seen(facts)
        }
    }

    @Test func unitsThatCameBackAreCounted() {
        var plan = Samples.plan()
        plan.units = FleetUnits(
            active: ["web.service": 3, "db.service": 1], launched: ["web.service", "db.service"])
        plan.deis = DeisComponents(running: ["deis-router@1.service": 1], listed: ["deis-router@1.service"])
        let settings = GateSettings(fleet: .init(ttl: .seconds(30)), etcd: nil)
        let all = statements(settings, of: plan) { seen in
            seen.units[Self.b] = .seen(
                FleetUnits(active: ["web.service": 2], launched: ["web.service", "db.service"]))
            seen.units[Self.c] = .unknown("no answer")
            seen.deis[Self.c] = .seen(plan.deis ?? DeisComponents(running: [:], listed: []))
        }
        #expect(
            told("units", in: all) == [
                "b: 0 of the 2 units of fleet run that ran before; not as before: db.service, web.service"
            ])
        #expect(told("deis", in: all) == ["c: 1 of the 1 components of Deis run that ran before"])
    }

    @Test func whatAPersonPassedOverIsNoEvidence() {
        var plan = Samples.plan()
        plan.units = FleetUnits(active: ["web.service": 1], launched: ["web.service"])
        plan.overrides = [
            GateOverride(gate: .units, reason: "down"), GateOverride(gate: .space, reason: "full"),
        ]
        let settings = GateSettings(fleet: .init(ttl: .seconds(30)), etcd: nil)
        let all = statements(settings, of: plan) { seen in
            seen.units[Self.b] = plan.units.map { .seen($0) }
            Self.edit(&seen, [Self.a]) {
                $0.space = [
                    HostSpace(purpose: .kernel, path: "/boot", freeBytes: 2 << 20, neededBytes: 1 << 20)
                ]
            }
        }
        #expect(told("units", in: all).isEmpty && told("space", in: all).isEmpty)
    }

    @Test func servicesOfTheHostAreCounted() {
        var plan = Samples.plan()
        plan.hosts[0].units = HostUnits(failed: ["old.service"], running: ["docker.service", "web.service"])
        var settings = Self.bare
        settings.units = .init(steady: .zero)
        let all = statements(settings, of: plan) { seen in
            Self.edit(&seen, [Self.a]) {
                $0.units = HostUnits(failed: ["old.service", "new.service"], running: ["docker.service"])
            }
            Self.edit(&seen, [Self.b]) { $0.units = HostUnits() }
            Self.edit(&seen, [Self.c]) { $0.units = HostUnits(failed: ["x.service"]) }
        }
        #expect(
            told("units-failed", in: all) == [
                "a: failed since: new.service; 1 of 2 services that ran then are there",
                "b: no unit has failed since the plan",
            ])
    }

    @Test func theRoomIsToldOfTheHostAndOfTheOthers() {
        func space(_ free: Int64) -> [HostSpace] {
            [HostSpace(purpose: .kernel, path: "/boot", freeBytes: free << 20, neededBytes: 10 << 20)]
        }
        let change: (inout Inventory) -> Void = { seen in
            Self.edit(&seen, [Self.a, Self.b]) { $0.space = space(62) }
            Self.edit(&seen, [Self.c]) { $0.space = space(9) }
        }
        #expect(
            told("space", in: statements(Self.bare, change)) == [
                "a: /boot has 62.0 MiB free and needs 10.0 MiB", "b: have room for what staging writes",
            ])
        #expect(
            told("space", in: statements(Self.bare, about: nil, change)) == [
                "a, b: have room for what staging writes"
            ])
    }

    @Test func clocksAreComparedWithTheOneInTheMiddle() {
        var settings = Self.bare
        settings.clock = .init(skew: .seconds(5))
        let all = statements(settings) { seen in
            for (host, off) in [(Self.a, 0.0), (Self.b, 1.5), (Self.c, -0.5)] {
                Self.edit(&seen, [host]) {
                    $0.clock = ClockReading(
                        shown: UTCTime(sinceEpoch: .seconds(1_795_608_000.0 + off)), asked: 0, answered: 0)
                }
            }
        }
        #expect(
            told("clock", in: all) == [
                "a, b, c: at most about 1.5 s off the clock in the middle of 3; 5 s are allowed"
            ])
    }

    @Test func filesThatAreAlikeAreCounted() {
        var settings = Self.bare
        settings.drift = .init(compare: .same)
        func all(_ digest: String) -> [String] {
            told(
                "drift",
                in: statements(settings) { seen in
                    Self.edit(&seen, [Self.a, Self.b]) { $0.settings = .init(userData: ["/x": "1"]) }
                    Self.edit(&seen, [Self.c]) { $0.settings = .init(userData: ["/x": digest]) }
                })
        }
        #expect(all("1") == ["a, b, c: none is odd in user-data and drop-ins: 1 files compared"])
        #expect(all("2").isEmpty)
    }
}
