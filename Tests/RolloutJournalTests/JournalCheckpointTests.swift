import Foundation
import RolloutModel
import Synchronization
import Testing

@testable import RolloutJournal

@Suite struct JournalCheckpointTests {
    private static let journal = KeptJournal(name: "format-4/first-0.jsonl")

    private static func bytes(of journal: KeptJournal) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: journal.path)))
    }

    /// The checkpoint beside a journal of these bytes.
    private static func line(of bytes: [UInt8]) throws -> [UInt8]? {
        try JournalReading(JournalBlocks(bytes), path: "j").fold.checkpointLine
    }

    /// The journal read on from its checkpoint; nil where that is not believed.
    private static func resumed(_ line: [UInt8], _ bytes: [UInt8]) throws -> JournalReading? {
        guard let (fold, rest) = try JournalCheckpoint.resume(line, JournalBlocks(bytes), path: "j") else {
            return nil
        }
        return try JournalReading(fold, rest, path: "j")
    }

    private func expectSame(_ one: JournalReading, _ other: JournalReading, _ words: Comment) {
        #expect(one.digest == other.digest && one.wholeBytes == other.wholeBytes, words)
        #expect(one.tornBytes == other.tornBytes, words)
        expectSame(one.record, other.record, words)
    }

    private func expectSame(_ one: RolloutRecord, _ other: RolloutRecord, _ words: Comment) {
        #expect(one.machine == other.machine, words)
        #expect(one.entryCount == other.entryCount && one.format == other.format, words)
        #expect(one.lastEntryAt == other.lastEntryAt && one.heldSince == other.heldSince, words)
        #expect(one.outSince == other.outSince && one.lostAt == other.lostAt, words)
        #expect(one.givenBack == other.givenBack, words)
        #expect(
            one.configuration == other.configuration && one.lastConfiguration == other.lastConfiguration,
            words)
    }

    @Test("from every entry the rest leads to where all of it leads", arguments: KeptJournal.all)
    func leadsToTheSame(journal: KeptJournal) throws {
        let all = try Self.bytes(of: journal)
        let whole = try JournalReading(JournalBlocks(all), path: "j")
        var first: [UInt8] = []
        var kept = 0
        for (number, line) in try journal.lines().enumerated() {
            first += line + [UInt8(ascii: "\n")]
            // A reading costs as much as the journal is long, so of many entries some.
            guard number < 12 || number % 7 == 0 else { continue }
            guard let checkpoint = try Self.line(of: first) else { continue }
            kept += 1
            let resumed = try #require(try Self.resumed(checkpoint, all), "entry \(number + 1)")
            expectSame(resumed, whole, "entry \(number + 1)")
            // The next one is as good as one of a whole reading.
            let next = try #require(resumed.fold.checkpointLine)
            #expect(try Self.resumed(next, all) != nil, "entry \(number + 1)")
        }
        #expect(journal.format.map { $0 < JournalEntry.firstChained } == true || kept > 0)
    }

    @Test func aTornEndIsToldAsEver() throws {
        let all = try Self.bytes(of: Self.journal)
        let line = try #require(try Self.line(of: all))
        #expect(try Self.resumed(line, all + Array("{\"at".utf8))?.tornBytes == 4)
    }

    @Test("it may differ in no bit") func aDamagedOneIsNotBelieved() throws {
        let all = try Self.bytes(of: Self.journal)
        let line = try #require(try Self.line(of: all))
        for index in stride(from: 0, to: line.count - 1, by: 13) {
            var damaged = line
            damaged[index] ^= UInt8(1 << (index % 8))
            #expect(try Self.resumed(damaged, all) == nil, "byte \(index)")
        }
        for length in stride(from: 0, to: line.count - 1, by: 101) {
            #expect(try Self.resumed(Array(line[..<length]), all) == nil, "\(length) bytes")
        }
    }

    @Test("what it stands for may differ in no bit") func anotherJournalIsNotTakenForIts() throws {
        let all = try Self.bytes(of: Self.journal)
        let line = try #require(try Self.line(of: all))
        for index in stride(from: 0, to: all.count, by: 101) {
            var changed = all
            changed[index] ^= UInt8(1 << (index % 8))
            #expect(try Self.resumed(line, changed) == nil, "byte \(index)")
            #expect(try Self.resumed(line, Array(all[..<index])) == nil, "\(index) bytes")
        }
        let other = try Self.bytes(of: KeptJournal(name: "format-4/first-1.jsonl"))
        #expect(try Self.resumed(line, other) == nil)
    }

    @Test func anotherProgramsIsNotBelieved() throws {
        let all = try Self.bytes(of: Self.journal)
        let fold = try JournalReading(JournalBlocks(all), path: "j").fold
        for change: (inout JournalCheckpoint) -> Void in [
            { $0.program = "1 1.1" }, { $0.format += 1 }, { $0.entries -= 1 },
        ] {
            var checkpoint = try #require(fold.checkpoint)
            change(&checkpoint)
            let line = try #require(checkpoint.line(after: fold.content))
            #expect(try Self.resumed(line, all) == nil)
        }
    }

    // MARK: Kept and found

    /// A directory with the journal, whose store keeps a checkpoint after each entry.
    private func withStore(_ body: (JournalStore, RolloutID, JournalDirectory) async throws -> Void)
        async throws
    {
        let place = FileManager.default.temporaryDirectory.appending(path: "kept-\(UUID())")
        defer { try? FileManager.default.removeItem(at: place) }
        let directory = JournalDirectory(path: place.path)
        try directory.prepare()
        let rollout = try Journal.read(path: Self.journal.path).machine.plan.rollout
        try FileManager.default.copyItem(
            atPath: Self.journal.path, toPath: directory.journalPath(of: rollout))
        var store = directory.store
        store.checkpoints.apart = 1
        try await body(store, rollout, directory)
    }

    @Test func aLookKeepsOneAndTheNextFindsIt() async throws {
        try await withStore { store, rollout, directory in
            let first = try await store.record(of: rollout)
            let line = try #require(await store.checkpoints.find(rollout))
            #expect(try Self.resumed(line, try Self.bytes(of: Self.journal)) != nil)
            expectSame(try await store.record(of: rollout), first, "from the checkpoint")
            let path = JournalCheckpoint.file(beside: directory.journalPath(of: rollout)).path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try directory.rollouts() == [rollout])
        }
    }

    @Test("a journal that was changed after it is found to be damaged, as without it")
    func aChangedJournalIsRead() async throws {
        try await withStore { store, rollout, directory in
            _ = try await store.record(of: rollout)
            var bytes = try Self.bytes(of: Self.journal)
            bytes[bytes.count / 2] ^= 1
            try Data(bytes).write(to: URL(fileURLWithPath: directory.journalPath(of: rollout)))
            await #expect(throws: JournalError.self) { try await store.record(of: rollout) }
        }
    }

    @Test("anything may lie in its place", arguments: ["", "{}", "\u{0}", "folder"])
    func anythingMayLieThere(text: String) async throws {
        try await withStore { store, rollout, directory in
            let first = try await store.record(of: rollout)
            let path = JournalCheckpoint.file(beside: directory.journalPath(of: rollout)).path
            try FileManager.default.removeItem(atPath: path)
            if text == "folder" {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            } else {
                try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            }
            expectSame(try await store.record(of: rollout), first, "\(text)")
        }
    }

    @Test("whoever writes a journal keeps them, too") func theWriterKeepsThem() async throws {
        let disk = Mutex(try Self.bytes(of: Self.journal))
        let kept = Mutex<[[UInt8]]>([])
        var storage = JournalStorage(
            name: "j", read: { JournalBlocks(disk.withLock { $0 }) },
            append: { line, _ in disk.withLock { $0 += line } }, truncate: { _ in },
            keep: { line in kept.withLock { $0.append(line) } })
        storage.checkpointsApart = 1
        let journal = try await Journal(resuming: storage)
        for _ in 1...2 {
            let token = try #require(journal.record.token.next)
            try await journal.append(.attached(token: token, by: "core@bastion"))
        }
        let all = disk.withLock { $0 }
        let whole = try JournalReading(JournalBlocks(all), path: "j")
        let lines = kept.withLock { $0 }
        #expect(!lines.isEmpty)
        for line in lines {
            expectSame(try #require(try Self.resumed(line, all)), whole, "\(line.count) bytes")
        }
    }
}
