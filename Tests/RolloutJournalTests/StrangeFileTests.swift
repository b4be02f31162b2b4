import Foundation
import KeptFormats
import RolloutJournal
import RolloutModel
import Testing

/// A file in the place of a journal is reported as what it is, and never waited for.
@Suite struct StrangeFileTests {
    private func withStrange(_ strange: StrangeFile, _ body: (JournalDirectory) async throws -> Void)
        async throws
    {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("strange-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let whole = try #require(KeptJournal.present.first)
        try strange.put(
            at: directory.appending(path: "r-2.jsonl").path,
            insteadOf: Data(contentsOf: URL(fileURLWithPath: whole.path)))
        try await body(JournalDirectory(path: directory.path))
    }

    @Test(arguments: StrangeFile.makeable) func itIsNamedWithWhatItIs(strange: StrangeFile) async throws {
        try await withStrange(strange) { directory in
            let rollout = RolloutID("r-2")
            let rollouts = try directory.rollouts()
            #expect(rollouts == [rollout])
            await #expect {
                try await directory.store.record(of: rollout)
            } throws: { error in
                "\(error)".contains(strange.words) && "\(error)".contains(directory.journalPath(of: rollout))
            }
        }
    }

    /// Such a file has no writer; where the file cannot be opened, that is unknown.
    @Test(arguments: StrangeFile.makeable) func nobodyDrivesIt(strange: StrangeFile) async throws {
        try await withStrange(strange) { directory in
            let path = directory.journalPath(of: RolloutID("r-2"))
            switch strange {
            case .linkInCircles, .forbidden:
                #expect(throws: JournalError.self) { try Journal.isBeingWritten(path: path) }
            default:
                let isDriven = try Journal.isBeingWritten(path: path)
                #expect(!isDriven)
            }
        }
    }

    /// A resume writes nothing to such a file.
    @Test(arguments: StrangeFile.makeable.filter { $0 != .copy }) func itIsNotGoneOnWith(strange: StrangeFile)
        async throws
    {
        try await withStrange(strange) { directory in
            let path = directory.journalPath(of: RolloutID("r-2"))
            // The reader of a pipe waits for its writer.
            func contents() -> Data? { strange == .pipe ? nil : FileManager.default.contents(atPath: path) }
            let before = contents()
            await #expect(throws: JournalError.self) { try await Journal(resuming: path) }
            #expect(contents() == before)
        }
    }
}
