import Foundation
import RolloutJournal
import RolloutModel
import Testing

@Suite struct JournalFollowerTests {
    private static func lines(of name: String = "format-4/first-0.jsonl") throws -> [Data] {
        try KeptJournal(name: name).lines().map { $0 + Data("\n".utf8) }
    }

    /// Calls a body with a file that is removed afterwards.
    private func withFile(_ body: (URL) throws -> Void) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "followed-\(UUID()).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        try body(file)
    }

    /// Writes to the file itself, as the process does that has it open.
    private func set(_ file: URL, _ bytes: Data) throws {
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: bytes)
        try handle.close()
    }

    @Test func everyLookTellsWhatAReadingTells() throws {
        let lines = try Self.lines()
        try withFile { file in
            var follower = JournalFollower(path: file.path)
            try Data().write(to: file)
            var written = Data()
            for line in lines {
                // A line that is being written is not there yet.
                try set(file, written + line.dropLast(3))
                if !written.isEmpty { try expectSame(&follower, file) }
                written += line
                try set(file, written)
                try expectSame(&follower, file)
                try expectSame(&follower, file)
            }
        }
    }

    private func expectSame(_ follower: inout JournalFollower, _ file: URL) throws {
        let (followed, read) = (try follower.record(), try Journal.reading(path: file.path).record)
        #expect(followed.entryCount == read.entryCount && followed.lastEntryAt == read.lastEntryAt)
        #expect(followed.machine.state == read.machine.state)
    }

    @Test func anotherFileIsReadFromItsBeginning() throws {
        let (lines, others) = (try Self.lines(), try Self.lines(of: "format-4/first-1.jsonl"))
        try withFile { file in
            var follower = JournalFollower(path: file.path)
            try Data(lines.joined()).write(to: file)
            try expectSame(&follower, file)
            // Shorter, or in another file of the same name: lines that were read before count no more.
            try set(file, Data(lines.prefix(2).joined()))
            try expectSame(&follower, file)
            try Data(others.joined()).write(to: file, options: .atomic)
            try expectSame(&follower, file)
            try set(file, Data(lines.joined()))
            try expectSame(&follower, file)
        }
    }

    @Test func damageIsNamedAsAReadingNamesIt() throws {
        let lines = try Self.lines()
        try withFile { file in
            var follower = JournalFollower(path: file.path)
            try Data(lines.prefix(3).joined()).write(to: file)
            try expectSame(&follower, file)
            for bytes in [
                (lines.prefix(3) + [lines[4]]).joined(), [Data("no journal\n".utf8)].joined(),
                [Data()].joined(),
            ] {
                try set(file, Data(bytes))
                try expectSameFault(&follower, file)
            }
            try FileManager.default.removeItem(at: file)
            try expectSameFault(&follower, file)
        }
    }

    private func expectSameFault(_ follower: inout JournalFollower, _ file: URL) throws {
        let path = file.path
        let read = #expect(throws: JournalError.self) { try Journal.reading(path: path) }
        var followed: String?
        do { _ = try follower.record() } catch { followed = error.description }
        #expect(followed == read?.description)
    }
}
