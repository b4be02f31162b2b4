import Dispatch
import Foundation
import RolloutJournal
import RolloutModel
import Synchronization
import Testing

/// A rollout goes on whatever its listeners do.
@Suite struct JournalAudienceTests {
    private final class Said: Sendable {
        private let said = Mutex<[String]>([])
        func add(_ text: String) { said.withLock { $0.append(text) } }
        var lines: [String] { said.withLock { $0 } }
    }

    private struct Deaf: Error, CustomStringConvertible { let description = "deaf" }

    private static func listener(
        _ room: DeliveryRoom, tell: @escaping @Sendable (Delivery<[UInt8]>) async throws -> Void
    ) -> JournalListener {
        JournalListener(
            DeliveryTerms(name: "the listener", room: room, trouble: { "not told: \($0)" }), from: (),
            resumed: { _, _ in }, appended: { _, line in [line] }, tell: tell)
    }

    /// Writes a whole journal while the listener hears it.
    ///
    /// - Returns: the lines of the journal.
    private static func write(
        heardBy listener: JournalListener, patience: Duration, _ said: Said,
        meanwhile: () async -> Void = {}, atTheEnd: () -> Void = {}
    ) async throws -> [[UInt8]] {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("journals-\(UUID())")
        defer { try? FileManager.default.removeItem(at: directory) }
        let journals = JournalDirectory(path: directory.path)
        try await JournalAudience([listener], patience: patience, say: said.add).attend {
            let journal = try await journals.store.heard(by: [listener]).begin(
                JournalTests.plan, with: .init(digest: ""), timestamp: { "2026-11-24T09:00:00Z" })
            await meanwhile()
            for content in JournalTests.contents { try await journal.append(content) }
            atTheEnd()
        }
        let path = journals.journalPath(of: JournalTests.plan.rollout)
        return try Data(contentsOf: URL(fileURLWithPath: path))
            .split(separator: UInt8(ascii: "\n")).map { Array($0) + [UInt8(ascii: "\n")] }
    }

    @Test func aListenerThatNeverReturnsStopsNothing() async throws {
        let (said, never, aside) = (Said(), DispatchSemaphore(value: 0), Aside())
        defer { never.signal() }
        let listener = Self.listener(.items(3)) { _ in try await aside.run { never.wait() } }
        let lines = try await Self.write(heardBy: listener, patience: .milliseconds(50), said)
        #expect(lines.count == JournalTests.contents.count + 1)
        let last = try #require(said.lines.last)
        #expect(last.contains("the listener has not taken the rest. The last \(lines.count) "), "\(last)")
    }

    @Test func aListenerThatWaitsForEverIsCancelled() async throws {
        let said = Said()
        let listener = Self.listener(.items(3)) { _ in try await Task.sleep(for: .seconds(86_400)) }
        let lines = try await Self.write(heardBy: listener, patience: .milliseconds(50), said)
        #expect(lines.count == JournalTests.contents.count + 1)
        #expect(said.lines.last?.contains("has not taken the rest") == true, "\(said.lines)")
    }

    /// The first delivery lasts until the whole journal is written.
    @Test func aSlowListenerHearsHowManyItMissed() async throws {
        let heard = Mutex<[Delivery<[UInt8]>]>([])
        let (said, aside) = (Said(), Aside())
        let (begun, mayEnd) = (AsyncStream.makeStream(of: Void.self), DispatchSemaphore(value: 0))
        let listener = Self.listener(.items(2)) { delivery in
            begun.continuation.yield()
            try await aside.run {
                mayEnd.wait()
                mayEnd.signal()
            }
            heard.withLock { $0.append(delivery) }
        }
        let lines = try await Self.write(
            heardBy: listener, patience: .seconds(600), said,
            meanwhile: { for await _ in begun.stream.prefix(1) {} }, atTheEnd: { mayEnd.signal() })
        #expect(lines.count > 4)
        let told = heard.withLock { $0 }
        #expect(
            told == [
                .item(lines[0]), .item(lines[1]), .item(lines[2]), .dropped(lines.count - 3),
            ])
    }

    @Test func aListenerThatThrowsIsNamedOnceUntilItHears() async throws {
        let said = Said()
        let count = Mutex(0)
        let listener = Self.listener(.items(1000)) { _ in
            let number = count.withLock { count in
                count += 1
                return count
            }
            if number != 3 { throw Deaf() }
        }
        let lines = try await Self.write(heardBy: listener, patience: .seconds(600), said)
        #expect(lines.count > 3)
        #expect(said.lines.filter { $0 == "not told: deaf" }.count == 2, "\(said.lines)")
    }

    @Test func whatTheCommandThrowsIsThrown() async throws {
        let listener = Self.listener(.items(1)) { _ in }
        await #expect(throws: Deaf.self) {
            try await JournalAudience([listener], patience: .seconds(600), say: { _ in }).attend {
                throw Deaf()
            }
        }
    }
}
