import RolloutModel
import SampleValues
import Testing

@testable import Reports

/// The lines of a plan about its hosts, the releases and the gates.
@Suite struct PlanSeenTextTests {
    private static let hosts = ["core-1", "core-2", "core-3"].map {
        PlannedHost(id: HostID($0), machine: MachineID("m-\($0)"), version: Version("1353.8.0"))
    }
    private static let target = Version("1409.7.0")

    static func seen(etcd: EtcdOutlook? = nil) -> PlanSeen {
        var seen = PlanSeen.nothing
        seen.etcd = etcd
        return seen
    }

    private static func plan(
        _ order: HostOrder = .given, target: Plan.Target = .pinned(version: target), stopAfter: Int? = nil
    ) -> Plan {
        Plan.sample(
            rollout: RolloutID("r-1"), hosts: hosts, order: order, target: target, stopAfter: stopAfter)
    }

    private static func change(_ host: String, group: String? = "stable", partition: String) -> HostChange {
        HostChange(
            host: HostID(host), settings: [.init(key: "GROUP", was: group, becomes: "beta")],
            engine: .init(was: ["enabled", "active"], becomes: ["masked", "inactive"]), partition: partition)
    }

    private func lines(_ plan: Plan, _ seen: PlanSeen) -> [String] {
        PlanSeenText.lines(plan, seen, on: PresentationTests.plain)
    }

    @Test func hostsThatChangeAlikeAreToldTogether() {
        var seen = PlanSeen.nothing
        seen.changes = [
            Self.change("core-1", partition: "USR-B"), Self.change("core-2", partition: "USR-A"),
            Self.change("core-3", group: nil, partition: "USR-B"),
        ]
        #expect(
            lines(Self.plan(), seen) == [
                "", "update.conf on core-1, core-2, by the values in force:", "  -GROUP=stable",
                "  +GROUP=beta", "update.conf on core-3, by the values in force:", "  +GROUP=beta",
                "update-engine.service on core-1, core-2, core-3, between the steps and afterwards:",
                "  -enabled, active", "  +masked, inactive",
                "Overwritten, and booted next: USR-B on core-1, core-3; USR-A on core-2.",
            ])
    }

    @Test func whatIsLeftIsSaidToo() {
        var seen = PlanSeen.nothing
        seen.changes = [HostChange(host: HostID("core-1"), settings: [], engine: nil, partition: nil)]
        #expect(lines(Self.plan(), seen) == ["", "update.conf stays as it is."])
    }

    @Test func theReleasesAreComparedInALine() {
        var seen = PlanSeen.nothing
        seen.releases = [
            ReleaseChange(
                from: Version("1353.8.0"), to: Self.target,
                parts: [
                    .init(name: "kernel", was: "4.9.24", becomes: "4.11.11"),
                    .init(name: "etcd 0.4", was: "0.4.9", becomes: nil),
                    .init(name: "etcd2", was: nil, becomes: "2.3.7"),
                ], unknown: ["docker"]),
            ReleaseChange(from: Version("1409.6.0"), to: Self.target, parts: [], unknown: []),
        ]
        #expect(
            lines(Self.plan(), seen) == [
                "",
                "From 1353.8.0 to 1409.7.0: kernel 4.9.24 -> 4.11.11; etcd 0.4 0.4.9 goes; etcd2 2.3.7 comes.",
                "From 1353.8.0 to 1409.7.0, not known: docker.",
                "From 1409.6.0 to 1409.7.0: patch levels alone.",
            ])
        seen.gates = []
        #expect(lines(Self.plan(target: .firstOffer), seen).contains { $0.hasSuffix("or with --to.") })
    }

    /// The gates with what was seen, and what holds them first.
    @Test func eachGateHasItsAnswer() {
        let board = GateBoard(rows: [
            .init(
                gate: "host", state: .open, causes: [],
                statements: [
                    .init(gate: "host", by: ["core-1"], says: "runs 1353.8.0"),
                    .init(gate: "host", by: ["core-2"], says: "runs 1353.8.0"),
                ]),
            .init(
                gate: "etcd", state: .holds, causes: [HoldCause(.etcd(.etcdUnknown(why: "no answer")))],
                statements: []),
            .init(gate: "lock", state: .open, causes: [], statements: []),
        ])
        var seen = PlanSeen.nothing
        seen.gates = GateReport(board, Invocation()).gates
        let lines = lines(Self.plan(), seen)
        #expect(lines.first == "" && lines[1].hasPrefix("GATE  NOW    WHAT WAS SEEN"))
        #expect(
            lines[2] == "host  open   core-1: runs 1353.8.0"
                && lines[3] == "             core-2: runs 1353.8.0")
        #expect(lines[4].hasPrefix("etcd  holds  ") && lines[4].contains("no answer"))
        #expect(lines[5] == "lock  open   -" && lines.count == 6)
    }

    @Test func theQuickerCommitIsOfferedWithWhatItSaves() {
        func offers(_ change: (inout Plan) -> Void = { _ in }) -> [String] {
            var plan = Self.plan()
            change(&plan)
            return PlanText.lines(plan, on: PresentationTests.plain).filter { $0.contains("--commit direct") }
        }
        #expect(
            offers() == [
                "Each host waits 45 s for update-engine to mark its boot good; '--commit direct' saves that, 2 min 15 s here."
            ])
        #expect(
            offers { $0.bystanders = [HostID("core-1"), HostID("core-2")] }.first?.hasSuffix(", 45 s here.")
                == true)
        #expect(offers { $0.commit = .direct }.isEmpty)
        #expect(offers { $0.purpose = .abandon }.isEmpty)
        #expect(
            offers { plan in
                plan.hosts = plan.hosts.map {
                    PlannedHost(id: $0.id, machine: $0.machine, version: Self.target)
                }
            }.isEmpty)
    }

    @Test func eachHostHasTheReasonForItsPlace() {
        var seen = Self.seen(
            etcd: EtcdOutlook(
                members: [], pointOfNoReturn: .init(host: HostID("core-3"), from: "2.2", to: "2.3")))
        seen.places = ["core-3": "it has etcd's leader now"]
        let lines = PlanText.lines(
            Self.plan(.leaderLast, stopAfter: 2), seen: seen, on: PresentationTests.plain)
        let rows = lines.filter { $0.contains("core-") && $0.contains("1353.8.0") }
        #expect(rows.count == 3 && rows[0].hasSuffix("  as listed") && rows[1].hasSuffix("  as listed"))
        #expect(
            rows[2].hasSuffix("  it has etcd's leader now; after the stop; etcd's point of no return"),
            "\(rows)")
    }
}
