import Foundation
import RolloutModel
import SampleValues
import Subprocess
import Synchronization
import SystemPackage
import Testing

@testable import Reports
@testable import RolloutJournal
@testable import TurnstileCommands

/// The file for Prometheus' textfile collector.
@Suite struct MetricsTests {
    private static let hostile = "a\"b\\c\nd{}"

    private static let plan = Plan.sample(
        rollout: RolloutID("r-1"),
        hosts: ["core-1", hostile].map {
            PlannedHost(id: HostID($0), machine: MachineID("m-\($0)"), version: Version("1.0.0"))
        },
        target: .firstOffer, operatorName: "core@bastion", createdAt: "2026-11-24T09:00:00Z")

    private static let events: [RolloutMachine.Event] = [
        .began, .gatesOpened(running: Version("1.0.0")),
        .staged(version: Version("2.0.0"), boot: BootID("x"), partition: "USR-B"),
        .gatesOpened(running: Version("1.0.0")),
    ]

    /// The lines of a journal whose first host was told to reboot.
    private static func lines() throws -> [[UInt8]] {
        let contents: [JournalEntry.Content] =
            [
                .opened(format: JournalEntry.format, plan: plan, configuration: ""),
                .attached(token: 1, by: "core@bastion"),
            ] + events.map { .event($0) }
        let entries = contents.enumerated().map {
            JournalEntry(number: $0 + 1, at: "2026-11-24T09:00:0\($0)Z", what: $1, evidence: nil)
        }
        return try JournalLine.lines(of: entries).split(separator: UInt8(ascii: "\n")).map {
            $0 + [UInt8(ascii: "\n")]
        }
    }

    private func timeline() throws -> RolloutTimeline {
        try RolloutTimeline(reading: JournalBlocks(try Self.lines().flatMap { $0 }), name: "r-1")
    }

    @Test(arguments: [
        #"turnstile_rollout_info{rollout="r-1",operator="core@bastion",purpose="upgrade",target="2.0.0"} 1"#,
        #"turnstile_rollout_state{rollout="r-1",state="under-way"} 1"#,
        #"turnstile_rollout_state{rollout="r-1",state="held"} 0"#,
        #"turnstile_rollout_last_entry_timestamp_seconds{rollout="r-1"} 1795510805"#,
        #"turnstile_rollout_hosts{rollout="r-1"} 2"#, #"turnstile_rollout_hosts_done{rollout="r-1"} 0"#,
        #"turnstile_rollout_holds_total{rollout="r-1"} 0"#,
        #"turnstile_host_info{rollout="r-1",host="core-1",before="1.0.0",after="1.0.0"} 1"#,
        #"turnstile_host_phase{rollout="r-1",host="core-1",phase="away"} 1"#,
        #"turnstile_host_out{rollout="r-1",host="core-1"} 1"#,
        #"turnstile_host_out_seconds_total{rollout="r-1",host="core-1"} 0"#,
    ]) func aSampleIsThere(line: String) throws {
        let lines = MetricsText.text(try timeline()).split(separator: "\n").map(String.init)
        #expect(lines.contains(line), "\(lines)")
    }

    /// Whatever a host is called, its name is one label of one line.
    @Test func aNameIsEscaped() throws {
        let text = MetricsText.text(try timeline())
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(text.contains(#"host="a\"b\\c d{}""#), "\(text)")
        for line in lines where !line.isEmpty && !line.hasPrefix("# ") {
            #expect(
                try /[a-z_]+\{([a-z]+="([^"\\]|\\["\\])*",?)*\} [0-9.e+-]+/.wholeMatch(in: line) != nil,
                "\(line)")
        }
    }

    /// Runs where Prometheus' own lint is installed (Debian's package `prometheus`).
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: Self.promtool)))
    func promtoolFindsNothingToSay() async throws {
        let result = try await run(
            .path(FilePath(Self.promtool)), arguments: ["check", "metrics"],
            input: .string(MetricsText.text(try timeline())), output: .string(limit: 1 << 16),
            error: .string(limit: 1 << 16))
        #expect(result.terminationStatus.isSuccess)
        #expect(result.standardOutput + result.standardError == "")
    }

    private static let promtool = "/usr/bin/promtool"

    /// Every metric has its help and its type before its samples, once.
    @Test func everyMetricIsDescribedOnce() throws {
        let lines = MetricsText.text(try timeline()).split(separator: "\n")
        for metric in MetricsText.metrics(try timeline()) {
            #expect(lines.count { $0.hasPrefix("# HELP \(metric.name) ") } == 1)
            #expect(lines.count { $0 == "# TYPE \(metric.name) \(metric.kind.rawValue)" } == 1)
            #expect(
                metric.kind == .counter ? metric.name.hasSuffix("_total") : !metric.name.hasSuffix("_total"))
        }
    }

    @Test func thePageHasEveryMetricAndNoOther() throws {
        let rows = try Document("docs/metrics.md").text.matches(of: /(?m)^\| `([a-z_]+)` \| ([a-z]+) \|/)
        let documented = rows.map { "\($0.output.1) \($0.output.2)" }
        #expect(documented == MetricsText.metrics(try timeline()).map { "\($0.name) \($0.kind.rawValue)" })
    }

    // MARK: The file

    private func withPath(_ body: (String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("metrics-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try await body(directory.appendingPathComponent("turnstile.prom").path)
    }

    /// Lines that a listener hears, and then the end.
    private func tell(
        _ lines: [[UInt8]], after before: [[UInt8]] = [], to path: String,
        say: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws {
        let listener = MetricsFile(path: path).listener
        try await JournalAudience([listener], patience: .seconds(600), say: say).attend {
            if !before.isEmpty { listener.resumed(JournalBlocks(before.flatMap { $0 })) }
            for line in lines { listener.appended(line) }
        }
    }

    @Test func theFileIsThereAfterEachEntryAndOthersMayReadIt() async throws {
        try await withPath { path in
            let lines = try Self.lines()
            for count in 1...lines.count {
                try await tell(Array(lines.prefix(count)), to: path)
                let text = try String(contentsOfFile: path, encoding: .utf8)
                #expect(text.contains("turnstile_rollout_hosts{rollout=\"r-1\"} 2"))
            }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == MetricsText.text(try timeline()))
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o644)
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["turnstile.prom"])
        }
    }

    @Test func aRolloutThatIsGoneOnWithCountsWhatWasBefore() async throws {
        try await withPath { path in
            let lines = try Self.lines()
            try await tell(Array(lines.suffix(1)), after: Array(lines.dropLast()), to: path)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == MetricsText.text(try timeline()))
        }
    }

    @Test func aFileThatCannotBeWrittenIsNamedOnce() async throws {
        let said = Mutex<[String]>([])
        try await tell(try Self.lines(), to: "/nonexistent/x.prom") { text in
            said.withLock { $0.append(text) }
        }
        let lines = said.withLock { $0 }
        #expect(lines.count == 1 && lines.first?.contains("'/nonexistent/x.prom'") == true, "\(lines)")
    }
}
