import Foundation
import KeptFormats
import RolloutJournal
import RolloutModel
import Testing

@testable import Reports
@testable import Rollouts
@testable import TurnstileCommands

/// A rollout that has the cluster, and whose journal here is of no use, is refused with both ways out.
@Suite struct StrangeHolderTests {
    @Test(arguments: StrangeFile.makeable.filter { ![.copy, .newerFormat].contains($0) })
    func itsWaysOutAreNamed(strange: StrangeFile) async throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("holder-\(UUID())")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let directory = JournalDirectory(path: place.path)
        let choice = RolloutChoice(directory.store) { _ in }
        let rollout = RolloutID("r-2")
        try strange.put(at: directory.journalPath(of: rollout), insteadOf: Data("{\"at\":\"\"}\n".utf8))
        let refusal = await #expect(throws: CommandRefusal.self) {
            try await choice.requireReadable(rollout)
        }
        let failure = CommandFailure(try #require(refusal), Invocation())
        #expect(failure.code == .held)
        #expect(failure.message.contains("unlock r-2'"))
        #expect(failure.message.contains("resume --from-hosts'"))
        // A rollout without a journal here is another machine's.
        try await choice.requireReadable(RolloutID("r-3"))
    }
}
