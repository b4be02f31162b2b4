import Coordinator
import Foundation
import RolloutJournal
import RolloutModel
import Rollouts
import SampleReports
import SampleValues
import Testing

@testable import Reports

/// Tables of commands on a terminal of eighty columns, of samples that are wider.
@Suite struct TableWidthTests {
    struct View: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var lines: @Sendable (Terminal) throws -> [String]

        init(_ command: String, _ lines: @escaping @Sendable (Terminal) throws -> [String]) {
            (testDescription, self.lines) = (command, lines)
        }
    }

    /// The commands that wrap the sentences of their reports.
    static let wrapped = [
        View("plan") {
            PlanReport(.held(plan: plan, sight: planSight, []), makesBackup: false, invocation: typed).lines(
                on: $0)
        },
        View("status") { terminal in try summaries().flatMap { $0.lines(on: terminal) } },
        View("history ID --evidence") { terminal in
            try TimelineReportTests.kept.flatMap { file in
                var text = HistoryText()
                _ = try reading(file) { text.take($0) }
                return text.table(on: terminal, withEvidence: true)
            }
        },
        View("gates") { GateReport(gates, typed).lines(on: $0) },
        View("releases") { ReleaseReport(ReleaseTable.known.releases).lines(on: $0) },
        View("platform audit") { PlatformReport(platform, typed).lines(on: $0) },
        View("platform plan") { terminal in
            let wish = PlatformWish(way: .graceful, version: PlatformVersion(1, 13, 4))
            let baseline = try #require(PlatformBaseline(platform))
            let plan = try PlatformPlan(wish, baseline)
            return PlatformPlanReport(wish, plan, holds: [], typed).lines(on: terminal)
        },
        View("install") { InstallReport(results: installs, verb: "installed").lines(on: $0) },
        View("who") {
            HolderReport(sight, attendance: .driving, now: .distantPast).lines(on: $0, now: .distantPast)
        },
    ]

    /// The commands that print each line as the report has it.
    static let plain = [
        View("history") { try RolloutSummary.list(summaries(), on: $0) },
        View("show") { terminal in
            try TimelineReportTests.kept.flatMap { file in
                let timeline = try RolloutTimeline(
                    reading: JournalBlocks([UInt8](Data(contentsOf: file))), name: file.lastPathComponent)
                return TimelineReport(timeline, now: TimelineReportTests.now).lines(on: terminal)
            }
        },
        View("audit") { AuditTable(AuditReport(AuditSamples.cluster), isWide: false).lines(on: $0) },
    ]

    /// `doctor` has lines of eighty columns wherever it is.
    static let doctor = View("doctor") { CheckupReportTests.report().lines(on: $0) }

    @Test(arguments: wrapped + plain + [doctor], [80, 100])
    func noLineIsWiderThanTheTerminal(view: View, columns: Int) throws {
        let terminal = Terminal(isLive: true, hasColour: false, columns: columns)
        var lines = try view.lines(terminal)
        if !Self.plain.contains(where: { $0.testDescription == view.testDescription }) {
            lines = lines.flatMap(terminal.lines(of:))
        }
        #expect(lines.count > 1)
        for line in lines where !Self.isPasted(line) { #expect(line.columns <= columns, "\(line)") }
    }

    @Test(arguments: wrapped + plain) func withoutATerminalTheyAreWider(view: View) throws {
        let lines = try view.lines(Terminal(isLive: false, hasColour: false))
        #expect(lines.contains { $0.columns > 80 && !Self.isPasted($0) })
    }

    /// A table that was asked to be wide has all its columns.
    @Test func aWideAuditHasEveryColumn() throws {
        let table = AuditTable(AuditReport(AuditSamples.cluster), isWide: true)
        let lines = table.lines(on: Terminal(isLive: true, hasColour: false, columns: 80))
        #expect(AuditColumn.all.allSatisfy { lines.first?.contains($0.title) == true }, "\(lines)")
        #expect(!lines.contains { $0.contains("Left out") })
    }

    @Test(arguments: [
        ("releases", ["KERNEL", "DOCKER", "ETCD"], ["UPDATE-ENGINE", "LOCKSMITH", "SYSTEMD"]),
        ("history", ["ROLLOUT", "STATE", "DONE", "LAST ENTRY"], ["SINCE"]),
        ("audit", ["HOST", "VERSION", "PARTITION", "ETCD"], ["UP", "CLUSTER"]),
    ])
    func whatIsLeftOutIsNamed(command: String, kept: [String], left: [String]) throws {
        let view = try #require((Self.wrapped + Self.plain).first { $0.testDescription == command })
        let lines = try view.lines(Terminal(isLive: true, hasColour: false, columns: 80))
        let head = try #require(lines.first).split(separator: " ").joined(separator: " ")
        #expect(kept.allSatisfy { " \(head) ".contains(" \($0) ") }, "\(head)")
        #expect(left.allSatisfy { !" \(head) ".contains(" \($0) ") }, "\(head)")
        let place = try #require(lines.firstIndex { $0.hasPrefix("Left out for want of room: ") })
        let note = lines[place...].prefix(2).joined(separator: " ")
        #expect(left.allSatisfy { note.contains($0) }, "\(note)")
    }

    /// Ends with a command, or with a quotation that may be one: neither is ever cut.
    private static func isPasted(_ line: String) -> Bool {
        let bare = line.drop { $0 == " " }
        return line.contains(": turnstile ") || bare.hasPrefix("turnstile ") || bare.hasPrefix("echo ")
            || line.contains(/['`][^'`]* [^'`]*['`][,;:.)]*$/)
    }

    // MARK: Samples

    private static let typed = Invocation(config: "/etc/turnstile/cluster.yaml")
    private static let long = (1...4).map { HostID("core-\($0).a-rack.a-datacentre.example.net") }

    private static func reading(
        _ file: URL, each: (JournalEntry) -> Void = { _ in }
    ) throws -> JournalReading {
        try JournalReading(JournalBlocks([UInt8](Data(contentsOf: file))), path: file.path, each: each)
    }

    private static func summaries() throws -> [RolloutSummary] {
        try TimelineReportTests.kept.map {
            RolloutSummary(try reading($0).record, path: $0.path, attendance: .nobody, invocation: typed)
        }
    }

    private static let plan = Plan.sample(
        rollout: RolloutID("r-20261124-071205-4f1c"),
        hosts: long.map {
            PlannedHost(id: $0, machine: MachineID("01d6eeef8c7a4b1f"), version: Version("1353.8.0"))
        },
        order: .leaderLast, target: .firstOffer, group: "a-group-of-its-own",
        server: "https://updates.example.net/v1/update/", deadManMinutes: 30, onFailure: .rollback,
        movesLeader: true,
        nodes: long.map { PlannedNode(host: $0, name: "node-of-\($0)", isCordoned: true) },
        overrides: [GateOverride(gate: .units, reason: "web is down for the night, and nobody minds it")])

    private static let planSight = PlanSight(
        places: [long[0]: "fleet's rack=a-rack-with-a-long-name"], etcd: etcd, gates: gates,
        changes: long.map {
            HostChange(
                host: $0, settings: [.init(key: "GROUP", was: "stable", becomes: "a-group-of-its-own")],
                engine: .init(was: ["enabled", "active"], becomes: ["masked", "inactive"]),
                partition: "USR-B")
        }, releases: [])

    private static let etcd = EtcdOutlook(
        members: long.map { .init(host: $0, runs: "2.3.7", brings: "3.0", by: .table) },
        pointOfNoReturn: .init(host: long[0], from: "2.3", to: "3.0"))

    private static let gates = GateBoard(rows: [
        .init(
            gate: "etcd", state: .holds,
            causes: [
                HoldCause(
                    .etcd(
                        .etcdMemberUnhealthy(
                            member: "core-3", seenBy: long[0], why: "connection refused at 10.0.0.3",
                            on: long[2])))
            ],
            statements: [
                .init(
                    gate: "etcd", by: long.map(\.rawValue),
                    says: "3 of 4 members healthy: 2.3.7 on three of them; the cluster's version is 2.3.0")
            ])
    ])

    private static let machines = (1...5).map { MachineID("m\($0)") }
    private static let routers = (1...5).map { PlatformUnit(.router, $0) }
    static let platform: PlatformFacts = {
        let units = routers + [PlatformUnit(.builder), PlatformUnit(.controller), PlatformUnit(.logspout)]
        let places = units.flatMap { unit in
            (unit.component.isGlobal ? machines : [machines[((unit.number ?? 1) - 1) % 5]]).map {
                PlatformUnitState(unit: unit, machine: $0, active: "active", sub: "running")
            }
        }
        return PlatformFacts(
            takenAt: 0, etcd: .unknown("not asked"),
            machines: .seen(machines.map { PlatformMachine(id: $0, address: "10.100.200.\($0.rawValue)") }),
            jobs: .seen(PlatformJobs(jobs: units.map { PlatformJob(unit: $0, goal: .launched) })),
            states: .seen(places),
            settings: .seen(PlatformSettings(version: "v1.13.3", domain: "example.org")),
            services: .seen(
                PublishedServices(keys: [
                    ServiceKey(
                        application: "an-application-of-some-team", name: "web_v3.web.1",
                        value: "10.0.0.1:49153", ttl: .seconds(15), index: 7)
                ])),
            routers: Dictionary(
                uniqueKeysWithValues: routers.map {
                    ($0, RouterView(address: "10.0.0.1", health: .seen(200), answers: [:]))
                }), controller: .seen(ControllerView(version: PlatformVersion(1, 13, 3), api: "1.7")))
    }()

    private static let installs = long.map {
        InstallResult(
            host: $0, outcome: .replaced, versionBefore: "0.9.0+a-build-between-releases.g0123456789",
            version: "1.0.0+a-build-between-releases.g9876543210")
    }

    private static let sight = ClusterSight(
        store: .unknown("it does not answer at http://10.0.0.3:2379 (curl: (7) Connection refused)"),
        hosts: long.map { .init($0, .unknown("no route to the host, which was asked through a bastion")) })
}
