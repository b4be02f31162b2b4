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
            var lines = JournalLines(blocks(text, of: size))
            var found: [String] = []
            while let line = try lines.next() { found.append(String(decoding: line, as: UTF8.self)) }
            #expect(found == expected, "blocks of \(size)")
            #expect(lines.wholeBytes == whole && lines.begunBytes == torn, "blocks of \(size)")
        }
    }

    // MARK: Entries read without a decoder

    static let odd = "a\"b\\c\u{e9}\n"

    static let plain: [JournalEntry.Content] =
        JournalTests.contents.dropFirst() + [
            .intent(.stage(host: HostID("a"), target: Version("2.0.0"))),
            .event(.staged(version: Version(""), boot: BootID(""), partition: "")),
            .event(.resumed(retryReverted: false)),
        ]

    static let others: [JournalEntry.Content] = [
        .attached(token: 1, by: "core@bastion"), .letGo(token: 3), .reserving(holder: "r-1"),
        .intent(.evacuate(host: HostID("a"))), .intent(.abandon(host: HostID("a"))),
        .intent(.rollback(host: HostID("a"), boot: BootID("b"))),
        .event(.gatesHeld(reasons: [.hostUncommitted(host: HostID("a"))])),
        .event(.resumed(retryReverted: true)), .event(.stepFailed(why: odd)),
        .event(.returned(boot: BootID("b"), version: Version(odd), partition: "USR-B")),
        .intent(.stage(host: HostID(odd), target: nil)),
        .event(.committed(version: Version("\u{202e}"))),
    ]

    private func line(_ content: JournalEntry.Content, number: Int = 12) throws -> ArraySlice<UInt8> {
        let entry = JournalEntry(number: number, at: "2026-11-24T07:12:05Z", what: content)
        return try JournalLine(entry, after: JournalLine.origin).bytes.dropLast()
    }

    /// The frequent ones are, and come out as from the decoder.
    @Test(arguments: plain.indices) func theFrequentOnesAreReadAtOnce(index: Int) throws {
        let line = try line(Self.plain[index])
        let entry = try #require(PlainEntry.read(line), "\(Self.plain[index])")
        #expect(entry == (try JSONDecoder().decode(JournalEntry.self, from: Data(line))))
        #expect(entry.what == Self.plain[index])
    }

    /// The others are left to the decoder; either way it is the same entry.
    @Test(arguments: others.indices) func theOthersAreLeftToTheDecoder(index: Int) throws {
        let line = try line(Self.others[index])
        #expect(PlainEntry.read(line) == nil)
        var digest = JournalLine.origin
        #expect(try JournalLine.read(line, after: &digest).what == Self.others[index])
    }

    /// Whatever is changed in a line, no other entry is made of it than the decoder makes.
    @Test(arguments: plain.indices) func noChangedLineIsReadOtherwise(index: Int) throws {
        let line = Array(try line(Self.plain[index]))
        // The digest and what is around it were looked at before.
        for place in line.indices.dropLast(#","sha256":""}"#.utf8.count + 64) {
            for byte in Array(#""\{},:0 x"#.utf8) + [0, 0xFF] {
                var changed = line
                changed[place] = byte
                guard let entry = PlainEntry.read(changed[...]) else { continue }
                let decoded = try JSONDecoder().decode(JournalEntry.self, from: Data(changed))
                #expect(entry == decoded, "\(String(decoding: changed, as: UTF8.self))")
            }
        }
    }

    @Test func digestsAreReadOffTheirLines() throws {
        try JournalTests().withJournal { path in
            let whole = try Journal.reading(path: path)
            let digests = try JournalDigests(of: [1, 13, 14], path: path)
            #expect(digests[13] == whole.digest && digests[14] == nil && digests[2] == nil)
            #expect(digests[1]?.count == 64 && digests[1] != digests[13])
        }
    }

    @Test func theEndIsThatOfTheLastLine() throws {
        try JournalTests().withJournal(of: 2) { path in
            let journal = try Journal(resuming: path)
            let digest = try Journal.reading(path: path).digest
            #expect(journal.end == JournalEnd(rollout: RolloutID("r-1"), token: 1, entry: 3, sha256: digest))
            #expect(journal.record.firstToken == 1)
        }
    }
}
