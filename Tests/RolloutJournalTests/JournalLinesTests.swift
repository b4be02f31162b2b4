import Foundation
import RolloutModel
import Testing

@testable import RolloutJournal

/// How a journal's lines are found and read, beneath what they say.
@Suite struct JournalLinesTests {
    /// The text in blocks of so many bytes.
    private func blocks(_ text: String, of size: Int) -> JournalBlocks {
        var rest = Array(text.utf8)[...]
        return JournalBlocks {
            defer { rest = rest.dropFirst(size) }
            return rest.isEmpty ? nil : Array(rest.prefix(size))
        }
    }

    @Test(
        arguments: [
            ("", [], 0, 0), ("\n", [""], 1, 0), ("torn", [], 0, 4), ("one\n", ["one"], 4, 0),
            ("one\ntwo\n", ["one", "two"], 8, 0), ("one\n\nthree\nto", ["one", "", "three"], 11, 2),
        ] as [(String, [String], Int, Int)])
    func linesWhateverTheBlocks(text: String, expected: [String], whole: Int, torn: Int) throws {
        for size in 1...12 {
            var lines = JournalLines(blocks(text, of: size), path: "j")
            var found: [String] = []
            while let line = try lines.next() { found.append(String(decoding: line, as: UTF8.self)) }
            #expect(found == expected, "blocks of \(size)")
            #expect(lines.wholeBytes == whole && lines.begunBytes == torn, "blocks of \(size)")
        }
    }

    /// A file that never ends a line is not read to its end.
    @Test func aLineHasItsLimit() throws {
        var blocks = 0
        var lines = JournalLines(
            JournalBlocks {
                blocks += 1
                return [UInt8](repeating: 0, count: 1 << 20)
            }, path: "j")
        #expect(
            throws: JournalError.damaged(
                path: "j", entry: 1, why: "its line is longer than any that turnstile writes")
        ) {
            try lines.next()
        }
        #expect(blocks << 20 <= JournalLines.lineMax + (2 << 20))
    }

    static let odd = "a\"b\\c\u{e9}\n"

    static let contents: [JournalEntry.Content] =
        JournalTests.contents.dropFirst() + [
            .attached(token: 1, by: "core@bastion"), .letGo(token: 3), .reserving(holder: "r-1"),
            .event(.gatesHeld(reasons: [.host(.hostUncommitted(host: HostID("a")))])),
            .event(.stepFailed(why: odd)), .intent(.stage(host: HostID(odd), target: nil)),
            .event(.committed(version: Version("\u{202e}"))),
        ]

    /// A slice of a block is read as the same bytes on their own.
    @Test(arguments: contents.indices) func aLineIsReadWhereverItStands(index: Int) throws {
        let entry = JournalEntry(
            number: 12, at: "2026-11-24T07:12:05Z", what: Self.contents[index], evidence: nil)
        let line = try JournalLine(entry, after: JournalLine.origin)
        let block = Array("the line before\n".utf8) + line.bytes
        var digest = JournalLine.origin
        let read: JournalEntry = try JournalLine.read(block[16...].dropLast(), after: &digest, isSealed: true)
        #expect(read == entry && digest == line.digest)
    }

    @Test func digestsAreReadOffTheirLines() async throws {
        try await JournalTests().withJournal { path in
            let whole = try Journal.reading(path: path)
            let digests = try JournalDigests(of: [1, 13, 14], path: path)
            #expect(digests[13] == whole.digest && digests[14] == nil && digests[2] == nil)
            #expect(digests[1]?.count == 64 && digests[1] != digests[13])
        }
    }

    @Test func theEndIsThatOfTheLastLine() async throws {
        try await JournalTests().withJournal(of: 2) { path in
            let journal = try await Journal(resuming: path)
            let digest = try Journal.reading(path: path).digest
            #expect(
                journal.end
                    == JournalEnd(
                        rollout: RolloutID("r-1"), token: 1, head: JournalHead(entry: 3, sha256: digest)))
            #expect(journal.record.machine.tenure.firstToken == 1)
        }
    }
}
