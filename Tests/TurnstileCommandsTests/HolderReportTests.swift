import Foundation
import RolloutJournal
import RolloutModel
import Rollouts
import SampleReports
import Testing

@testable import Reports
@testable import TurnstileCommands

/// The output of `who`.
@Suite struct HolderReportTests {
    static let now = Date(timeIntervalSince1970: 1_795_600_000)
    static let holder = LockHolder(
        rollout: RolloutID("r-1"), token: 7, operatorName: "core@bastion",
        since: now.addingTimeInterval(-200).formatted(.iso8601))

    private func report(
        _ store: Observation<LockHolder?>?, _ agents: [Observation<LockHolder?>],
        _ attendance: RolloutAttendance? = .driving
    ) -> HolderReport {
        HolderReport(
            ClusterSight(store: store, hosts: zip(["a", "b"], agents).map { .init(HostID($0), $1) }),
            attendance: attendance, now: Self.now)
    }

    @Test(
        arguments: [
            (nil, nil), (.driving, "here      driven by a turnstile on this machine"),
            (.nobody, "here      no turnstile on this machine drives it now"),
            (
                RolloutAttendance(.takingUp, isAskedToHold: false),
                "here      being taken up: a turnstile on this machine asks its hosts"
            ),
        ] as [(RolloutAttendance?, String?)])
    func theProcessHereIsNamed(attendance: RolloutAttendance?, line: String?) throws {
        let report = report(.seen(Self.holder), [.seen(Self.holder)], attendance)
        let lines = report.lines(on: Terminal(isLive: false, hasColour: false), now: Self.now)
        #expect(lines.first { $0.hasPrefix("here") } == line, "\(lines)")
    }

    static let rows: [(Observation<LockHolder?>?, [Observation<LockHolder?>])] = [
        (.seen(holder), [.seen(holder), .unknown("no route")]), (.seen(nil), [.seen(nil), .seen(holder)]),
        (.unknown("no quorum"), [.seen(nil), .unknown("no route")]), (nil, [.seen(holder), .seen(holder)]),
    ]

    @Test func theJSONFitsItsSchemaAndFillsIt() throws {
        var seen: Set<String> = []
        let schema = try JSONSchema("who")
        for (store, agents) in Self.rows {
            let json = try JSONText.document(report(store, agents))
            #expect(try schema.objections(to: json) == [])
            seen.formUnion(try JSONSchema.places(in: json))
        }
        #expect(schema.places == seen)
    }

    @Test func aHolderIsNamedWithItsAgeAndToken() {
        let report = report(.seen(Self.holder), [.seen(Self.holder), .unknown("no route")])
        let lines = report.lines(on: Terminal(isLive: false, hasColour: false), now: Self.now)
        for line in ["rollout   r-1", "operator  core@bastion", "machine   bastion", "token     7"] {
            #expect(lines.contains(line), "\(lines)")
        }
        #expect(lines.contains { $0.hasPrefix("since ") && $0.hasSuffix("(3 min ago)") })
        #expect(lines.contains { $0.hasPrefix("b ") && $0.hasSuffix("could not be asked: no route") })
        #expect(report.failure == nil)
    }

    @Test func nobodyIsKnownToo() {
        let report = report(.seen(nil), [.seen(nil), .seen(Self.holder)])
        let lines = report.lines(on: Terminal(isLive: false, hasColour: false), now: Self.now)
        #expect(lines.first == "Nobody has the cluster.")
        #expect(lines.contains { $0.hasPrefix("b ") && $0.contains("held still") })
        #expect(report.failure == nil)
    }

    @Test func notKnownIsAFailureThatSaysWhy() throws {
        let failure = try #require(report(.unknown("no quorum"), [.seen(nil), .seen(nil)]).failure)
        #expect(failure.code == .held && failure.message.contains("no quorum"))
    }
}

/// `who`, `show` and `report`, up to where a host would be needed.
extension ProgramTests {
    @Test func whoSaysThatNoHostAnswered() async throws {
        let files = ["turnstile.yaml": Self.deadHosts, "known_hosts": ""]
        let outcome = try await turnstile(["who"], files: files)
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.output.contains("The holder of the cluster cannot be told."))
        #expect(outcome.output.contains("127.0.0.1:1"))
        #expect(outcome.errors.contains("0 of 2 agents could be asked"))
        let json = try await turnstile(["who", "--output", "json"], files: files)
        #expect(json.status == 2, "\(json)")
        #expect(try JSONSchema("who").objections(to: json.output) == [])
    }

    @Test func showTellsTheTimelineOfARollout() async throws {
        let outcome = try await turnstile(["show", "r-1"], files: files(Self.held))
        #expect(outcome.status == 0, "\(outcome)")
        for words in ["state       held", "staging", "rebooting", "no route", "gone on with", "core@bastion"]
        {
            #expect(outcome.output.contains(words), "\(words): \(outcome.output)")
        }
        let json = try await turnstile(["show", "--output", "json"], files: files(Self.held))
        #expect(json.status == 0, "\(json)")
        #expect(try JSONSchema("timeline").objections(to: json.output) == [])
        let none = try await turnstile(["show", "r-9"], files: files(Self.held))
        #expect(none.status == 64 && none.errors.contains("r-9"), "\(none)")
    }

    @Test(arguments: ReportFormat.allCases) func aReportGoesToAFileOrToTheOutput(format: ReportFormat)
        async throws
    {
        let files = try await files(Self.held)
        let printed = try await turnstile(["report", "r-1", "--output", format.rawValue], files: files)
        #expect(printed.status == 0 && printed.output.contains("127.0.0.1:1"), "\(printed)")
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("report-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let written = try await turnstile(
            ["report", "--output", format.rawValue, "--to", path], files: files)
        #expect(written.status == 0 && written.output.isEmpty, "\(written)")
        #expect(try String(contentsOfFile: path, encoding: .utf8).contains("127.0.0.1:1"))
    }

    @Test func aReportThatCannotBeWrittenSaysWhereAndWhatToDo() async throws {
        let outcome = try await turnstile(["report", "--to", "/nonexistent/x.html"], files: files(Self.held))
        #expect(outcome.status == 1, "\(outcome)")
        #expect(outcome.errors.contains("'/nonexistent/x.html'") && outcome.errors.contains("--to"))
    }
}
