import Foundation
import RolloutJournal
import RolloutModel
import SampleReports
import SampleValues
import Simulation
import Synchronization
import Testing

@testable import TurnstileCommands

/// `rehearse`, from files: it reaches no host.
extension ProgramTests {
    static let audit =
        #"[{"host": "core-1", "version": "1353.8.0"}, {"host": "core-2", "version": "1353.8.0"}]"#
    static let quiet = "gates: {etcd: {enabled: false}}\n"

    @Test func aRehearsalTellsTimesAndHolds() async throws {
        let files = ["audit.json": Self.audit, "turnstile.yaml": Self.quiet]
        let arguments = ["rehearse", "--from", "audit.json", "--to", "1409.7.0", "--runs", "6"]
        let outcome = try await turnstile(arguments, files: files)
        #expect(outcome.status == 0, "\(outcome)")
        for words in ["If nothing goes wrong", "core-1  0:", "6 nights", "total time: least", "assumed"] {
            #expect(outcome.output.contains(words), "\(words): \(outcome.output)")
        }
        // The same seed, the same nights.
        #expect(try await turnstile(arguments, files: files).output == outcome.output)
    }

    /// An address, a name with dots, and a name that is longer than any identity.
    @Test(arguments: [
        "10.0.0.1", "node-1.example.com", "fd00::1", String(repeating: "n", count: 63) + ".example",
    ])
    func aRehearsalTakesHostsOfAnyName(name: String) async throws {
        let audit =
            #"[{"host": "\#(name)", "version": "1353.8.0"}, {"host": "core-2", "version": "1353.8.0"}]"#
        let outcome = try await turnstile(
            ["rehearse", "--from", "audit.json", "--to", "1409.7.0", "--runs", "1"],
            files: ["audit.json": audit, "turnstile.yaml": Self.quiet])
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.output.contains("If nothing goes wrong: "), "\(outcome)")
    }

    @Test func theJSONOfARehearsalIsOfItsSchema() async throws {
        let outcome = try await turnstile(
            ["rehearse", "--from", "audit.json", "--to", "1409.7.0", "--runs", "20", "--output", "json"],
            files: ["audit.json": Self.audit, "turnstile.yaml": Self.quiet])
        let schema = try JSONSchema("rehearse")
        #expect(try schema.objections(to: outcome.output) == [], "\(outcome)")
        #expect(try schema.places.subtracting(JSONSchema.places(in: outcome.output)) == ["$.calmHolds[]"])
    }

    /// The version that is offered is not known yet.
    @Test func aRehearsalNeedsNoTarget() async throws {
        let outcome = try await turnstile(
            ["rehearse", "--from", "audit.json", "--runs", "1"],
            files: ["audit.json": Self.audit, "turnstile.yaml": Self.quiet])
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.output.contains("If nothing goes wrong"), "\(outcome)")
    }

    /// The etcd that is told to come comes there, too.
    @Test(
        arguments: [
            ([], nil), (["--etcd-after", "3.5"], "has the last etcd N"),
            (["--etcd-after", "3.7"], "it never ends: with 1409.7.0 etcd would go from 3.4 to 3.7"),
        ] as [([String], String?)])
    func aRehearsalGoesByTheEtcdThatIsToldToCome(options: [String], words: String?) async throws {
        let hosts = (1...3).map { #"{"host": "core-\#($0)", "version": "1353.8.0", "etcdServer": "3.4.23"}"# }
        let files = ["audit.json": "[\(hosts.joined(separator: ","))]"]
        let outcome = try await turnstile(
            ["rehearse", "--from", "audit.json", "--to", "1409.7.0", "--runs", "3"] + options, files: files)
        #expect(outcome.status == 0, "\(outcome)")
        for known in ["has the last etcd N", "it never ends: with 1409.7.0 etcd would go from 3.4 to 3.7"] {
            #expect(outcome.output.contains(known) == (words == known), "\(outcome)")
        }
    }

    @Test(
        arguments: [
            ("", 64, "neither an audit nor a plan"), ("{}", 64, "neither an audit nor a plan"),
            ("[]", 64, "there is no host to rehearse with"),
            (#"[{"host": "core-1", "fault": "no route to host"}]"#, 1, "- core-1: no route to host"),
        ] as [(String, Int32, String)])
    func aFileThatIsNoFleetIsNamed(text: String, status: Int32, words: String) async throws {
        let outcome = try await turnstile(["rehearse", "--from", "f"], files: ["f": text])
        #expect(outcome.status == status, "\(outcome)")
        #expect(outcome.errors.contains(words), "\(outcome)")
    }

    @Test(arguments: [
        ["--runs", "0"], ["--attention", "-1"], ["--from", "f", "core-1"], ["--from", "nowhere"],
    ])
    func badUseOfRehearseIsUsage(arguments: [String]) async throws {
        let outcome = try await turnstile(["rehearse"] + arguments, files: ["f": Self.audit])
        #expect(outcome.status == 64, "\(outcome)")
    }
}

@Suite struct MeasuredPaceTests {
    static let (old, new) = (Version("1.0.0"), Version("2.0.0"))

    /// A rollout of hosts, each entry of its journal so many seconds after the one before.
    static func rollout(of hosts: [String], secondsApart: Int) async throws -> [JournalEntry] {
        let bytes = Mutex([UInt8]())
        let time = Mutex(0)
        let plan = Plan.sample(
            rollout: RolloutID("r-1"),
            hosts: hosts.map { PlannedHost(id: HostID($0), machine: MachineID("m-\($0)"), version: old) },
            target: .pinned(version: new))
        let storage = JournalStorage(
            name: "r-1.jsonl", read: { JournalBlocks(bytes.withLock { $0 }) },
            append: { line, _ in bytes.withLock { $0 += line } }, truncate: { _ in })
        let journal = try await Journal(beginning: plan, configuration: "", on: storage) {
            let seconds = time.withLock { time in
                time += secondsApart
                return time
            }
            return Date(timeIntervalSince1970: 1_700_000_000 + Double(seconds)).formatted(.iso8601)
        }
        try await journal.append(.attached(token: 1, by: "core@bastion"))
        var directives = try await journal.append(.event(.began))
        while let event = try await answer(directives, journal) {
            directives = try await journal.append(.event(event))
        }
        var entries: [JournalEntry] = []
        _ = try JournalReading(JournalBlocks(bytes.withLock { $0 }), path: "r-1.jsonl") { entries.append($0) }
        return entries
    }

    private static func answer(
        _ directives: [RolloutMachine.Directive], _ journal: Journal
    ) async throws -> RolloutMachine.Event? {
        for directive in directives {
            switch directive {
            case .record(let intent): try await journal.append(.intent(intent))
            case .askGates: return .gatesOpened(running: old)
            case .stage: return .staged(version: new, boot: BootID("1"), partition: "USR-B")
            case .awaitReturn: return .returned(boot: BootID("2"), version: new, partition: "USR-B")
            case .commit: return .committed(version: new)
            case .evacuate, .reboot, .readmit, .rollback, .awaitRetreat, .abandon, .step, .hold, .finish:
                continue
            }
        }
        return nil
    }

    @Test func stepsOfEarlierRolloutsAreMeasured() async throws {
        let pace = MeasuredPace(of: [
            try await Self.rollout(of: ["a", "b"], secondsApart: 7),
            try await Self.rollout(of: ["c", "d"], secondsApart: 30),
        ])
        #expect(pace.measured == (4, 4, 4))
        let range: ClosedRange<Duration> = .seconds(7) ... .seconds(30)
        #expect(pace.pace == Pace(stage: range, reboot: range, commit: range))
        // 30 s of each of three steps, and half as much again.
        #expect(pace.minutesPerHost == 3)
    }

    static let forecasts: [(Int, Int, String)] = [
        (12 * 60, 1, "60 min are left, and at 30 min a host the host fits."),
        (12 * 60, 2, "60 min are left, and at 30 min a host all 2 hosts fit."),
        (12 * 60, 3, "60 min are left, and at 30 min a host 2 of 3 hosts fit. It will not finish"),
        (12 * 60 + 31, 1, "29 min are left, and at 30 min a host 0 of 1 hosts fit. It will not finish"),
        (11 * 60, 9, "None is open now"),
    ]

    /// The minute of a Monday with a window from 12:00 to 13:00, the hosts, and what the plan says.
    @Test(arguments: forecasts)
    func whatAWindowHasRoomFor(minute: Int, hosts: Int, words: String) throws {
        let windows = GateSettings.Windows(
            open: [try #require(MaintenanceWindow("12:00-13:00"))], minutesPerHost: 30)
        let line = WindowForecast.line(windows, at: LocalTime(weekday: .monday, minute: minute), hosts: hosts)
        #expect(line.hasPrefix("Window: 12:00-13:00. ") && line.contains(words), "\(line)")
    }

    /// Two are too few to say anything; and a clock that was set back measures nothing.
    @Test func whatWasNotMeasuredIsAssumed() async throws {
        let few = MeasuredPace(of: [try await Self.rollout(of: ["a", "b"], secondsApart: 7)])
        #expect(few.measured == (2, 2, 2))
        #expect(few.pace == .usual && few.minutesPerHost == nil)
        #expect(
            MeasuredPace(of: [try await Self.rollout(of: ["a", "b", "c"], secondsApart: -7)]).measured == (
                0, 0, 0
            ))
        #expect(MeasuredPace(of: []).pace == .usual)
    }
}
