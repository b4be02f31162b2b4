import Foundation
import RolloutJournal
import RolloutModel
import Synchronization
import Testing

/// A listener to a journal hears every line of it once, and only what is durable.
@Suite struct JournalListenerTests {
    /// Everything that a listener was told.
    private final class Ear: Sendable {
        private let heard = Mutex<(entriesBefore: Int, lines: [[UInt8]])>((0, []))

        var listener: JournalListener {
            JournalListener(
                DeliveryTerms(name: "an ear", room: .items(1000), trouble: { "\($0)" }), from: (),
                resumed: { [self] _, blocks in
                    let before = try? GrowingTimeline(reading: blocks, name: "r-1").timeline?.entries
                    heard.withLock { $0.entriesBefore = before ?? 0 }
                },
                appended: { _, line in [line] },
                tell: { [self] delivery in
                    guard case .item(let line) = delivery else { return }
                    heard.withLock { $0.lines.append(line) }
                })
        }

        var entriesBefore: Int { heard.withLock { $0.entriesBefore } }
        var lines: [[UInt8]] { heard.withLock { $0.lines } }
    }

    private func withDirectory(_ body: (JournalDirectory) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("journals-\(UUID())")
        defer { try? FileManager.default.removeItem(at: directory) }
        try await body(JournalDirectory(path: directory.path))
    }

    private let contents = JournalTests.contents
    private let rollout = JournalTests.plan.rollout

    private func attended(
        by ear: Ear, _ store: JournalStore, _ body: (JournalStore) async throws -> Void
    ) async throws {
        let listener = ear.listener
        try await JournalAudience([listener], patience: .seconds(60), say: { _ in }).attend {
            try await body(store.heard(by: [listener]))
        }
    }

    private func journal(in store: JournalStore) async throws -> Journal {
        try await store.begin(
            JournalTests.plan, with: .init(digest: ""), timestamp: { "2026-11-24T09:00:00Z" })
    }

    @Test func everyLineOfANewJournalIsHeard() async throws {
        try await withDirectory { directory in
            let ear = Ear()
            try await attended(by: ear, directory.store) { store in
                let journal = try await journal(in: store)
                for content in contents { try await journal.append(content) }
            }
            let file = try Data(contentsOf: URL(fileURLWithPath: directory.journalPath(of: rollout)))
            #expect(Data(ear.lines.joined()) == file)
        }
    }

    @Test func whoComesLaterHearsWhatWasThereAndThenTheRest() async throws {
        try await withDirectory { directory in
            do {
                let journal = try await journal(in: directory.store)
                for content in contents.prefix(4) { try await journal.append(content) }
            }
            let ear = Ear()
            try await attended(by: ear, directory.store) { store in
                let journal = try await store.resume(rollout, timestamp: { "2026-11-24T09:00:00Z" })
                for content in contents.dropFirst(4) { try await journal.append(content) }
            }
            #expect(ear.entriesBefore == 5 && ear.lines.count == contents.count - 4)
        }
    }

    @Test func whatCannotFollowIsNotHeard() async throws {
        try await withDirectory { directory in
            let ear = Ear()
            try await attended(by: ear, directory.store) { store in
                let journal = try await journal(in: store)
                await #expect(throws: JournalError.self) {
                    try await journal.append(.event(.holdRequested()))
                }
            }
            #expect(ear.lines.count == 1)
        }
    }

    /// Line by line it is the timeline that the whole journal gives.
    @Test(arguments: KeptJournal.present) func aGrowingTimelineIsThatOfTheJournal(kept: KeptJournal) throws {
        var growing = GrowingTimeline()
        for line in try kept.lines() { growing.take(line: [UInt8](line)) }
        #expect(try growing.timeline == kept.timeline())
        growing.take(line: Array("no entry\n".utf8))
        #expect(try growing.timeline == kept.timeline())
    }
}
