import Foundation
import RolloutJournal
import RolloutModel
import Rollouts
import SampleValues
import Testing

@testable import Reports
@testable import TurnstileCommands

/// The board of a rollout that another process drives, from its journal and the remark beside it.
@Suite struct WatchedCourseTests {
    private static let plain = Terminal(isLive: true, hasColour: false)

    /// The entries of three hosts' upgrade, ten seconds apart, up to the stage of the second one.
    private func entries() async throws -> [JournalEntry] {
        let all = try await MeasuredPaceTests.rollout(of: ["a", "b", "c"], secondsApart: 10)
        let end = try #require(
            all.firstIndex { entry in
                guard case .intent(.stage(HostID("b"), _)) = entry.what else { return false }
                return true
            })
        return Array(all[...end])
    }

    private func machine(_ entries: [JournalEntry]) throws -> RolloutMachine {
        try JournalReading(JournalBlocks(try JournalLine.lines(of: entries)), path: "r-1").record.machine
    }

    private func lines(_ course: WatchedCourse, _ entries: [JournalEntry], doing: String) throws -> [String] {
        let last = try #require(entries.last)
        let now = try Date(last.at, strategy: .iso8601).addingTimeInterval(12)
        let board = try #require(course.board(of: try machine(entries), doing: doing, now: now))
        return board.lines(columns: 80, rows: 12, screen: 23, on: Self.plain)
    }

    @Test func itIsTheBoardOfTheProcessThatDrives() async throws {
        let entries = try await entries()
        var course = WatchedCourse(earlier: [])
        entries.forEach { course.take($0) }
        let told = try lines(course, entries, doing: "downloading 2.0.0 40 %")
        #expect(
            told.dropLast() == [
                "a  upgraded", "b  staging, 0:22", "    downloading 2.0.0 40 %", "c  waiting",
            ])
        let total = try #require(told.last)
        #expect(total.hasPrefix("1 of 3 hosts done, ") && total.hasSuffix(" left"), "\(total)")
        // A journal that is read anew is counted once.
        entries.forEach { course.take($0) }
        #expect(try lines(course, entries, doing: "downloading 2.0.0 40 %") == told)
    }

    /// Before a host is done the time that is left is known by earlier rollouts alone.
    @Test(arguments: [
        [], RolloutTimeline.Phase.Kind.ofUpgrade.map { PhaseTime($0, took: .seconds(10)) },
    ]) func earlierRolloutsTellTheTimeLeft(
        earlier: [PhaseTime]
    ) async throws {
        let entries = Array(try await entries().prefix(4))
        var course = WatchedCourse(earlier: earlier)
        entries.forEach { course.take($0) }
        let total = try #require(try lines(course, entries, doing: "").last)
        #expect(total.hasSuffix(" left") == !earlier.isEmpty, "\(total)")
    }

    @Test func whatIsHeldOrOverHasNoBoard() async throws {
        let plan = Plan.sample(
            rollout: RolloutID("r-1"),
            hosts: [PlannedHost(id: HostID("a"), machine: MachineID("m-a"), version: Version("1.0.0"))],
            target: .firstOffer)
        var course = WatchedCourse(earlier: [])
        try await entries().forEach { course.take($0) }
        for events: [RolloutMachine.Event] in [
            [], [.began, .holdRequested()],
            [.began, .gatesOpened(running: Version("1.0.0")), .nothingOffered(running: Version("1.0.0"))],
        ] {
            let machine = try RolloutMachine.after(events, of: plan)
            #expect(course.board(of: machine, doing: "", now: .now) == nil)
        }
    }

    // MARK: The remark

    @Test func theRemarkIsOfThePresentStep() async throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("remarks-\(UUID())")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let journal = place.appendingPathComponent("r-1.jsonl").path
        let entries = try await entries()
        let (before, now) = (try machine(Array(entries.prefix(4))), try machine(entries))
        let remarks = CourseRemarks(journal: { _ in journal })
        remarks.hear(.progress(HostID("b"), message: "too early", fraction: nil), now: 0)
        await remarks.write()
        #expect(CourseRemark.words(about: now, beside: journal) == "")
        remarks.hear(.entered(now), now: 0)
        remarks.hear(.progress(HostID("b"), message: "downloading\u{1B}[2J", fraction: 0.25), now: 0)
        remarks.hear(.progress(HostID("b"), message: "downloading", fraction: 0.5), now: 1)
        await remarks.write()
        #expect(CourseRemark.words(about: now, beside: journal) == "downloading 50 %")
        #expect(CourseRemark.words(about: before, beside: journal) == "", "another step")
        remarks.hear(
            .waiting(.init(host: HostID("b"), reasons: [], what: "for it", since: 0, deadline: 60)), now: 7)
        await remarks.write()
        #expect(CourseRemark.words(about: now, beside: journal) == "waiting for it, 0:07 of 1:00")
        remarks.remove()
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.path) == [])
    }

    @Test(arguments: ["", "{", #"{"step":"x","says":"y"}"#, "[]"]) func aStrangeRemarkSaysNothing(
        text: String
    ) async throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("remarks-\(UUID()).jsonl")
        let path = CourseRemark.path(beside: place.path)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(CourseRemark.words(about: try machine(try await entries()), beside: place.path) == "")
    }
}
