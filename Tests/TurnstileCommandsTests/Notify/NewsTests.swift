import RolloutModel
import SampleReports
import Testing

@testable import Reports
@testable import RolloutJournal
@testable import TurnstileCommands

/// The news in a journal, and their words.
@Suite struct NewsTests {
    private func news(_ events: [RolloutMachine.Event]) throws -> [RolloutNews] {
        var growing = GrowingNews()
        return try NewsSamples.lines(events).flatMap { growing.take(line: $0) }
    }

    @Test func theCourseOfARolloutIsNews() throws {
        let upgraded = try news(NewsSamples.upgraded)
        #expect(upgraded.map(\.kind) == [.start, .held, .resumed, .hostDone, .done])
        #expect(upgraded.map(\.host) == [nil, nil, nil, HostID("core-1"), nil])
        #expect(upgraded.allSatisfy { $0.by == "ann@desk" })
        let abandoned = try news(NewsSamples.abandoned)
        #expect(abandoned.map(\.kind) == [.start, .abandoned, .done])
    }

    @Test func whatWasBeforeIsNoNews() throws {
        let lines = try NewsSamples.lines(NewsSamples.upgraded)
        var growing = try GrowingNews(reading: JournalBlocks(lines.prefix(4).flatMap { $0 }), name: "r-1")
        let news = lines.dropFirst(4).flatMap { growing.take(line: $0) }
        #expect(news.map(\.kind) == [.resumed, .hostDone, .done])
    }

    @Test func aLineThatIsNoneIsNoNews() throws {
        var growing = GrowingNews()
        #expect(growing.take(line: Array("no entry\n".utf8)).isEmpty)
        let first = try #require(try NewsSamples.lines([]).first)
        #expect(growing.take(line: first).isEmpty && growing.take(line: first).isEmpty)
    }

    @Test func theWordsAreTheRollouts() throws {
        let texts = try news(NewsSamples.upgraded).map { NewsText.text($0, Invocation(config: "prod.yaml")) }
        #expect(texts.first == "Rollout r-1 has begun: upgrade of core-1, by core@bastion.")
        #expect(texts[1].hasPrefix("Rollout r-1 is held, and waits for a person:\n• etcd"), "\(texts[1])")
        #expect(texts[1].contains("no answer <!channel>") && texts[1].contains("--config prod.yaml"))
        #expect(texts[2] == "Rollout r-1 is gone on with, by ann@desk.")
        #expect(texts[3] == "Rollout r-1: 'core-1' is done: upgraded, 1 of 1.")
        #expect(texts[4] == "Rollout r-1 has ended: every host upgraded.")
    }
}
