import Foundation
import KeptFormats
import RolloutJournal
import RolloutModel
import Testing

/// Journals of every format there ever was are read, whatever is renamed or added.
@Suite struct KeptJournalTests {
    @Test func everyFormatHasOne() {
        #expect(Set(KeptJournal.all.compactMap(\.format)) == Set(JournalEntry.formats))
    }

    @Test(arguments: KeptJournal.all) func itIsWhole(journal: KeptJournal) throws {
        let reading = try Journal.reading(path: journal.path)
        #expect(reading.tornBytes == 0)
        #expect(reading.record.entryCount == (try journal.lines().count))
        var format: Int?
        if case .opened(let written, _, _, _) = try journal.entries().first?.what { format = written }
        #expect(format == journal.format)
    }

    /// A key that is renamed would be read as one that is not there.
    @Test(arguments: KeptJournal.all) func nothingOfALineIsLost(journal: KeptJournal) throws {
        for (line, entry) in zip(try journal.lines(), try journal.entries()) {
            let lost = try JSONLoss(from: line, to: entry, but: ["sha256"])
            #expect(lost.paths == [], "entry \(entry.number)")
        }
    }

    /// A line that is written now is the line that was written then, to the byte.
    @Test(arguments: KeptJournal.present) func thePresentFormatIsWrittenAsItWas(journal: KeptJournal) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for (line, entry) in zip(try journal.lines(), try journal.entries()) {
            let body = String(decoding: try encoder.encode(entry).dropLast(), as: UTF8.self)
            #expect(String(decoding: line, as: UTF8.self).hasPrefix(body + #","sha256":""#))
        }
    }

    /// The rollout is where the program that wrote the journal said it was.
    @Test(arguments: KeptJournal.all) func itsRolloutIsWhereItWas(journal: KeptJournal) throws {
        let list = try String(contentsOf: KeptJournal.folder.appending(path: "endings.txt"), encoding: .utf8)
        let machine = try Journal.read(path: journal.path).machine
        #expect(
            list.split(separator: "\n").contains("\(journal.name) \(KeptEnding(machine))"),
            "\(KeptEnding(machine))")
    }

    /// Choices that a journal of format 1 does not name are those that every rollout had then.
    @Test func aPlanOfTheFirstFormatHasTheChoicesOfItsTime() throws {
        for journal in KeptJournal.all where journal.format == 1 {
            let plan = try Journal.read(path: journal.path).machine.plan
            let expected = Plan(
                rollout: plan.rollout, hosts: plan.hosts, bystanders: nil, order: .given, target: plan.target,
                found: nil,
                group: "stable", server: "https://update.example/", engineRest: plan.engineRest,
                commit: .engine, deadManMinutes: nil, onFailure: .hold, retryReverted: false,
                acceptsNoReturn: false, movesLeader: false, etcdAfter: nil, units: nil, deis: nil, nodes: nil,
                overrides: [], purpose: .upgrade, stopAfter: 5, operatorName: "core@bastion",
                createdAt: "2026-11-24T00:00:00Z")
            #expect(plan == expected)
        }
    }

    /// Also one whose lines have no digests is gone on with, and what is written then proves them.
    @Test(arguments: [1, 2, 3]) func anEarlierJournalIsGoneOnWith(format: Int) async throws {
        let kept = try #require(KeptJournal.all.first { $0.format == format })
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).jsonl").path
        try FileManager.default.copyItem(atPath: kept.path, toPath: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let count = try Journal.read(path: path).entryCount
        try await Journal(resuming: path).append(.attached(token: 1000, by: "core@bastion"))
        try await Journal(resuming: path).append(.attached(token: 1001, by: "core@bastion"))
        #expect(try Journal.read(path: path).entryCount == count + 2)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        var changed = String(decoding: whole, as: UTF8.self)
        let first = try #require(changed.range(of: "core-1"))
        changed.replaceSubrange(first, with: "core-9")
        try changed.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: JournalError.self) { try Journal.read(path: path) }
    }

    /// The end of a journal is the same to whoever is told of it and to whoever looks it up, digests or none.
    @Test(arguments: KeptJournal.all) func itsEndIsFoundAgain(journal: KeptJournal) throws {
        let reading = try Journal.reading(path: journal.path)
        let last = reading.record.entryCount
        #expect(try JournalDigests(of: [last], path: journal.path)[last] == reading.digest)
    }
}
