import Foundation
import RolloutJournal
import RolloutModel
import SampleValues
import Testing

@testable import Reports
@testable import TurnstileCommands

/// `status --watch`, on a terminal and elsewhere.
@Suite struct StatusWatchTests {
    private static let plan = Plan.sample(
        rollout: RolloutID("r-1"),
        hosts: (1...40).map {
            PlannedHost(id: HostID("core-\($0)"), machine: MachineID("m-\($0)"), version: Version("1.0.0"))
        },
        target: .firstOffer, operatorName: "core@bastion", createdAt: "2026-11-24T09:00:00Z")

    private static let now = Date(timeIntervalSince1970: 1795511000)

    /// The summary of the rollout after so many events.
    fileprivate func summary(_ count: Int) throws -> RolloutSummary {
        let events: [RolloutMachine.Event] = [
            .began, .gatesOpened(running: Version("1.0.0")), .stepFailed(why: "the disk is full"),
            .abandonRequested,
        ]
        let contents: [JournalEntry.Content] =
            [.opened(format: JournalEntry.format, plan: Self.plan, configuration: "")]
            + events.prefix(count).map { .event($0) }
        let entries = contents.enumerated().map {
            JournalEntry(number: $0 + 1, at: "2026-11-24T09:00:0\($0)Z", what: $1, evidence: nil)
        }
        let reading = try JournalReading(JournalBlocks(try JournalLine.lines(of: entries)), path: "r-1")
        return RolloutSummary(reading.record, path: "r-1", attendance: .driving, invocation: Invocation())
    }

    fileprivate func sight(_ count: Int) throws -> StatusWatch.Sight { .init(summary: try summary(count)) }

    private final class Screen {
        var written: [String] = []
        var lines: [String] { written.filter { $0 != Terminal.eraseLineAbove + "\n" } }
    }

    @Test func aTerminalHasTheTableOnceWhateverChanges() throws {
        let screen = Screen()
        var watch = StatusWatch(
            on: { Terminal(isLive: true, hasColour: true, columns: 60, rows: 24) }, Invocation()
        ) {
            screen.written.append($0)
        }
        var before = 0
        for count in 0...3 {
            screen.written = []
            watch.show(try sight(count), now: Self.now)
            #expect(
                screen.written.count - screen.lines.count == before,
                "as many lines are taken away as there were")
            #expect(screen.lines.count < 24)
            for line in screen.lines { #expect(line.count <= 61, "\(line)") }
            before = screen.lines.count
            screen.written = []
            watch.show(try sight(count), now: Self.now)
            #expect(screen.written.isEmpty, "nothing changed")
        }
    }

    /// The table of forty hosts on small screens: reasons and the command that goes on are whole, hosts are counted.
    @Test(arguments: [(24, 80), (24, 40), (12, 80), (60, 200), (4, 10)])
    func aHoldIsWholeOnASmallScreen(rows: Int, columns: Int) throws {
        let terminal = Terminal(isLive: true, hasColour: false, columns: columns, rows: rows)
        let summary = try summary(3)
        let lines = StatusScreen(of: terminal, Invocation(journal: "kept")).lines(summary, now: Self.now)
        #expect(lines.count < max(rows, 10) && lines.allSatisfy { $0.count <= max(columns, 20) }, "\(lines)")
        let text = lines.joined(separator: " ")
        let next = try #require(summary.next)
        #expect(text.contains("Go on with: \(next)"), "\(lines)")
        #expect(text.contains("the disk is full") == (rows >= 24), "\(lines)")
        let isCut = lines.contains { $0.hasPrefix("… ") && $0.contains("more lines") }
        let words = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(
            !isCut || columns < 24 || words.contains("turnstile --journal kept status r-1"), "\(lines)")
        #expect(lines.contains("… 39 waiting") == (rows < 40), "\(lines)")
        #expect(lines.contains { $0.hasPrefix("core-1 ") }, "\(lines)")
    }

    @Test func agesGoOnCountingOnATerminal() throws {
        let screen = Screen()
        var watch = StatusWatch(
            on: { Terminal(isLive: true, hasColour: false, columns: 100, rows: 60) }, Invocation()
        ) {
            screen.written.append($0)
        }
        watch.show(try sight(2), now: Self.now)
        #expect(screen.lines.contains { $0.contains("(3 min ago)") }, "\(screen.lines)")
        watch.show(try sight(2), now: Self.now.addingTimeInterval(60))
        #expect(screen.lines.contains { $0.contains("(4 min ago)") }, "\(screen.lines)")
    }

    /// The lines of a wider terminal wrap in a narrower one, and all their rows are taken away.
    @Test func aTerminalThatBecameNarrowerIsCleared() throws {
        let screen = Screen()
        var columns = 100
        var watch = StatusWatch(
            on: { Terminal(isLive: true, hasColour: false, columns: columns, rows: 60) }, Invocation()
        ) {
            screen.written.append($0)
        }
        watch.show(try sight(1), now: Self.now)
        let rows = screen.lines.reduce(0) { $0 + max(1, ($1.count - 1 + 39) / 40) }
        #expect(rows > screen.lines.count)
        screen.written = []
        columns = 40
        watch.show(try sight(2), now: Self.now)
        #expect(screen.written.count - screen.lines.count == rows)
    }

    @Test func elsewhereAChangeIsALine() throws {
        let screen = Screen()
        var watch = StatusWatch(on: { Terminal(isLive: false, hasColour: false) }, Invocation()) {
            screen.written.append($0)
        }
        for count in [1, 1, 2, 2, 2, 3] { watch.show(try sight(count), now: Self.now) }
        #expect(screen.written.count == 3, "\(screen.written)")
        #expect(screen.written.first == "2026-11-24T09:00:01Z  running, 0 of 40 done: asking the gates\n")
        #expect(
            screen.written.last?.hasSuffix(
                "held, 0 of 40 done: stage of host 'core-1' failed (core-1 not staged)\n") == true,
            "\(screen.written)")
    }

    @Test func itFollowsUntilTheRolloutHasEnded() async throws {
        let screen = Screen()
        var watch = StatusWatch(on: { Terminal(isLive: false, hasColour: false) }, Invocation()) {
            screen.written.append($0)
        }
        var looks = try [sight(1), sight(2), sight(3), .init(summary: summary(3).ended)]
        var pauses: [Duration] = []
        try await watch.follow(while: { true }, pausing: { pauses.append($0) }) { looks.removeFirst() }
        #expect(looks.isEmpty && pauses.count == 3 && screen.written.count == 4)
        #expect(pauses.allSatisfy { $0 >= StatusWatch.interval })
    }
}

extension StatusWatchTests {
    /// A terminal that is gone may send no signal, as under nohup.
    @Test func itEndsWhereNobodyReads() async throws {
        var count = 0
        var watch = StatusWatch(on: { Terminal(isLive: false, hasColour: false) }, Invocation()) { _ in
            count += 1
        }
        try await watch.follow(while: { count < 2 }, pausing: { _ in }) { try self.sight(count + 1) }
        #expect(count == 2)
    }
}

extension RolloutSummary {
    fileprivate var ended: RolloutSummary {
        var summary = self
        summary.state = "abandoned"
        return summary
    }
}

extension ProgramTests {
    @Test func aWatchOfWhatHasEndedEnds() async throws {
        let files = try await files(
            [.began, .abandonRequested]
                + ["127.0.0.1:1", "127.0.0.1:2"].map {
                    .abandoned(host: HostID($0), undone: [], left: [])
                })
        let outcome = try await turnstile(["status", "--watch"], files: files)
        #expect(outcome.status == 0, "\(outcome)")
        #expect(
            outcome.output.contains("abandoned") && outcome.output.split(separator: "\n").count == 1,
            "\(outcome)")
    }

    @Test func aWatchIsNoJSON() async throws {
        let outcome = try await turnstile(["status", "--watch", "--output", "json"])
        #expect(outcome.status == 64 && outcome.errors.contains("ndjson"), "\(outcome)")
    }
}
