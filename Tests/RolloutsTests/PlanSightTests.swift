import AgentProtocol
import RolloutModel
import SampleValues
import Testing

@testable import Rollouts

/// The changes of a plan on its hosts, by their reports.
@Suite struct PlanSightTests {
    private static let a = HostID("a")

    private static func report(
        version: String = "1353.8.0", group: String? = "stable", engine: EngineUnit? = enabled
    ) -> HostReport {
        HostReport.sample(
            machineID: "m-a", bootID: "1", hostname: "a", distribution: "coreos", version: version,
            group: group, engine: engine,
            agent: .sample(agentVersion: "0.1.0", phase: .idle, authority: nil, version: nil))
    }

    private static let enabled = EngineUnit(
        loadState: "loaded", activeState: "active", unitFileState: "enabled")
    private static let masked = EngineUnit(
        loadState: "masked", activeState: "inactive", unitFileState: "masked")

    private static func plan(_ change: (inout Plan) -> Void = { _ in }) -> Plan {
        var plan = Plan.sample(
            rollout: RolloutID("r-1"),
            hosts: [PlannedHost(id: a, machine: MachineID("m-a"), version: Version("1353.8.0"))],
            target: .pinned(version: Version("1409.7.0")))
        plan.engineRest = .masked
        change(&plan)
        return plan
    }

    private func sight(_ plan: Plan, _ report: HostReport) -> PlanSight {
        PlanSight(plan, places: [:], reports: [Self.a: .seen(report)])
    }

    @Test func theChangesAreThoseOfTheReport() throws {
        let plan = Self.plan { ($0.group, $0.server) = ("beta", "https://updates.example/") }
        let change = try #require(sight(plan, Self.report()).changes.first)
        #expect(
            change.settings == [
                .init(key: "GROUP", was: "stable", becomes: "beta"),
                .init(key: "SERVER", was: nil, becomes: "https://updates.example/"),
            ])
        #expect(change.engine == .init(was: ["enabled", "active"], becomes: ["masked", "inactive"]))
    }

    @Test func whatIsSoAlreadyIsNoChange() throws {
        let plan = Self.plan { $0.group = "stable" }
        let change = try #require(sight(plan, Self.report(engine: Self.masked)).changes.first)
        #expect(change.settings.isEmpty && change.engine == nil)
        let found = Self.plan { $0.engineRest = .asFound }
        #expect(sight(found, Self.report()).changes.first?.engine == nil)
    }

    @Test func aHostThatIsThereAlreadyIsLeftAlone() {
        let plan = Self.plan { $0.hosts[0].version = Version("1409.7.0") }
        let sight = sight(plan, Self.report(version: "1409.7.0"))
        #expect(sight.changes.isEmpty && sight.releases.isEmpty)
    }

    @Test func theReleasesAreComparedWhereTheTargetIsKnown() {
        let known = sight(Self.plan(), Self.report()).releases
        #expect(known.map(\.to) == [Version("1409.7.0")] && known.allSatisfy { !$0.parts.isEmpty })
        #expect(sight(Self.plan { $0.target = .firstOffer }, Self.report()).releases.isEmpty)
    }
}
