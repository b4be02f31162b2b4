import RolloutModel
import SampleValues
import Testing

@testable import Reports

@Suite struct EtcdOutlookTextTests {
    static func member(
        _ host: String, _ runs: String, _ brings: String? = nil, _ by: EtcdForecast.Source? = nil,
        why: String? = nil
    ) -> EtcdOutlook.Member {
        .init(host: HostID(host), runs: runs, brings: brings, by: by, why: why)
    }

    @Test func alikeHostsAreOneLineAndThePointIsNamed() {
        let outlook = EtcdOutlook(
            members: ["core-1", "core-2", "core-3"].map { Self.member($0, "2.2.3", "2.3", .table) },
            pointOfNoReturn: .init(host: HostID("core-3"), from: "2.2", to: "2.3"))
        #expect(
            EtcdOutlookText.lines(outlook, target: Version("1010.5.0")) == [
                "etcd 2.2.3: 2.3 with 1010.5.0, by the table of releases",
                "Point of no return: 'core-3' has the last etcd 2.2. Once it runs 2.3 no host can go back; you are asked "
                    + "first, unless with --yes.",
            ])
    }

    /// The dead-man timer reboots the host, but the old etcd would not start.
    @Test func theDeadManSavesNobodyPastThePoint() {
        let warning =
            "Past that point update.dead-man saves no host: on its old partition the old etcd would not start."
        for (brings, point, isWarned) in [
            ("2.3", EtcdOutlook.PointOfNoReturn(host: HostID("a"), from: "2.2", to: "2.3"), true),
            (nil, nil, true), ("2.2", nil, false),
        ] as [(String?, EtcdOutlook.PointOfNoReturn?, Bool)] {
            let outlook = EtcdOutlook(
                members: [Self.member("a", "2.2.3", brings, .table)], pointOfNoReturn: point)
            let lines = EtcdOutlookText.lines(outlook, target: nil, hasDeadMan: true)
            #expect(lines.contains(warning) == isWarned)
            #expect(!EtcdOutlookText.lines(outlook, target: nil).contains(warning))
        }
    }

    @Test func othersAreToldApart() {
        let outlook = EtcdOutlook(
            members: (1...10).map { Self.member("core-\($0)", "3.4.23", why: "nobody knows") }
                + [Self.member("core-11", "3.5.1", "3.5", .learned)], pointOfNoReturn: nil)
        #expect(
            EtcdOutlookText.lines(outlook, target: nil) == [
                "etcd 3.4.23 on core-1, core-2, core-3, core-4, core-5, core-6, core-7, core-8 and 2 more: nobody knows",
                "etcd 3.5.1 on core-11: 3.5 with the target, as on a host that runs it already",
                "If another minor version of etcd comes, no host can go back once the last member runs it.",
            ])
    }

    @Test func thePlanEndsWithIt() {
        let plan = Plan.sample(
            rollout: RolloutID("r-1"),
            hosts: [PlannedHost(id: HostID("a"), machine: MachineID("m-a"), version: Version("899.17.0"))],
            target: .pinned(version: Version("1010.5.0")))
        let outlook = EtcdOutlook(members: [Self.member("a", "2.2.3", "2.3", .told)], pointOfNoReturn: nil)
        let lines = PlanText.lines(
            plan, seen: PlanSeenTextTests.seen(etcd: outlook), on: PresentationTests.plain)
        #expect(lines.last == "etcd 2.2.3: 2.3 with 1010.5.0, by --etcd-after")
        #expect(PlanText.lines(plan, on: PresentationTests.plain) == Array(lines.dropLast()))
        // An operator with a backup hook gets no advice to back up.
        let backup =
            "No backup hook is set (before-rollout). Back up etcd and the platform's data before you go on."
        #expect(!lines.contains(backup))
        #expect(PlanText.lines(plan, remindsOfBackup: true, on: PresentationTests.plain).contains(backup))
    }

    @Test func thePlanNamesUnitsThatAreBrokenAlready() {
        let plan = Plan.sample(
            rollout: RolloutID("r-1"),
            hosts: [PlannedHost(id: HostID("a"), machine: MachineID("m-a"), version: Version("899.17.0"))],
            target: .firstOffer,
            units: FleetUnits(
                active: ["a.service": 3, "b.service": 1],
                launched: ["a.service", "b.service", "d.service", "c.service"]),
            deis: DeisComponents(
                running: ["deis-router@1.service": 1],
                listed: ["deis-router@1.service", "deis-builder.service"]))
        let lines = PlanText.lines(plan, on: PresentationTests.plain)
        #expect(lines.contains("fleet runs 2 units, which are waited for after each host."))
        #expect(lines.contains("Not running already, and not waited for: c.service, d.service"))
        #expect(lines.contains("Deis runs 1 components, which are waited for after each host."))
        #expect(lines.contains("Not running already, and not waited for: deis-builder.service"))
    }

    @Test func aPointOfEachMemberIsSaidOfTheFirstHost() throws {
        let outlook = EtcdOutlook(
            members: [Self.member("core-1", "2.3.8", "3.0", .staged)],
            pointOfNoReturn: .init(host: HostID("core-1"), from: "2.3", to: "3.0", isOfEachMember: true))
        let lines = EtcdOutlookText.lines(outlook, target: Version("1235.6.0"), hasDeadMan: true)
        #expect(lines[0] == "etcd 2.3.8: 3.0 with 1235.6.0, as the partition says that is staged")
        #expect(lines[1].hasPrefix("Point of no return: 'core-1', the first host."))
        #expect(lines[2].hasPrefix("update.dead-man is not used"))
    }
}
