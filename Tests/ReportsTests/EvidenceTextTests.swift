import Foundation
import RolloutModel
import SampleReports
import Testing

@testable import Reports
@testable import RolloutJournal

/// The evidence of gates, in `history --evidence`, `show` and `report`.
@Suite struct EvidenceTextTests {
    static let evidence = GateEvidence(
        looks: 3, span: .milliseconds(2140), age: .milliseconds(140),
        statements: [
            .init(gate: "etcd", by: ["core-2"], says: "3 of 3 members healthy"),
            .init(gate: "fleet", by: ["core-2", "core-3"], says: "lists 3 machines"),
        ])

    /// An opening with evidence, and one without.
    private func entries() throws -> [JournalEntry] {
        let events = NewsSamples.upgraded.filter { if case .gatesHeld = $0 { false } else { true } }
            .filter { if case .resumed = $0 { false } else { true } }
        return try NewsSamples.lines(events).enumerated().map { index, line in
            var entry = try JSONDecoder().decode(JournalEntry.self, from: Data(line))
            if index == 3 { entry.evidence = Self.evidence }
            return entry
        }
    }

    @Test func aStatementIsALineAndSoIsItsAge() {
        #expect(
            EvidenceText.lines(Self.evidence) == [
                "etcd, by core-2: 3 of 3 members healthy", "fleet, by core-2, core-3: lists 3 machines",
                "asked at most 0.1 s before; 3 looks in 2.1 s",
            ])
    }

    @Test func historyShowsItWhereItIsAskedFor() throws {
        var text = HistoryText()
        for entry in try entries() { text.take(entry) }
        let plain = Terminal(isLive: false, hasColour: false)
        let without = text.table(on: plain, withEvidence: false)
        let with = text.table(on: plain, withEvidence: true)
        #expect(!without.contains { $0.contains("members healthy") })
        #expect(with.count { $0.hasSuffix("  etcd, by core-2: 3 of 3 members healthy") } == 1)
        #expect(with.count { $0.hasSuffix("  none was kept") } == 3)
        let json = try JSONText.document(text.lines)
        #expect(json.contains("\"ageMs\" : 140") && !json.contains("isOpening"))
    }

    @Test func aTimelineHasItForEachOpening() throws {
        let bytes = try JournalLine.lines(of: try entries())
        let timeline = try RolloutTimeline(reading: JournalBlocks(bytes), name: "r-1")
        #expect(timeline.evidence.last.map(\.phase) == [.gates, .staged, .proving, .settling])
        #expect(timeline.evidence.last.map(\.seen) == [Self.evidence, nil, nil, nil])
        let report = TimelineReport(timeline)
        let show = report.lines(on: Terminal(isLive: false, hasColour: false)).joined(separator: "\n")
        let markdown = try report.text(as: .markdown)
        let page = try report.text(as: .html)
        for text in [show, markdown, page] {
            #expect(text.contains("3 of 3 members healthy") && text.contains("none was kept"))
        }
        #expect(try JSONSchema("timeline").objections(to: report.text(as: .json)) == [])
    }

    /// A rollout is told without its evidence: nothing follows from it.
    @Test(arguments: [["looks": 3], [:]]) func evidenceThatCannotBeReadIsNamed(kept: [String: Int]) throws {
        var (bytes, last): ([UInt8], JournalLine.Digest) = ([], JournalLine.origin)
        for (index, entry) in try entries().enumerated() {
            let line =
                index == 3
                ? try JournalLine(Spoilt(entry: entry, evidence: kept), after: last)
                : try JournalLine(entry, after: last)
            (bytes, last) = (bytes + line.bytes, line.digest)
        }
        var (text, found): (HistoryText, [JournalEntry]) = (HistoryText(), [])
        let reading = try JournalReading(JournalBlocks(bytes), path: "r-1") { found.append($0) }
        let count = try entries().count
        #expect(reading.record.entryCount == count && reading.tornBytes == 0)
        #expect(found.filter(\.hasUnreadableEvidence).map(\.number) == [4])
        for entry in found { text.take(entry) }
        let history = text.table(on: Terminal(isLive: false, hasColour: false), withEvidence: true)
        #expect(history.count { $0.hasSuffix("  what was kept cannot be read") } == 1)
        #expect(history.count { $0.hasSuffix("  none was kept") } == 3)
        let timeline = try RolloutTimeline(reading: JournalBlocks(bytes), name: "r-1")
        #expect(timeline.evidence.last.map(\.unreadable) == [true, nil, nil, nil])
        let report = TimelineReport(timeline)
        #expect(try report.text(as: .markdown).contains("what was kept cannot be read"))
        #expect(try JSONSchema("timeline").objections(to: report.text(as: .json)) == [])
    }

    /// An entry with something else in the place of its evidence.
    private struct Spoilt: Encodable {
        var entry: JournalEntry
        var evidence: [String: Int]

        private enum CodingKeys: String, CodingKey { case evidence }

        func encode(to encoder: any Encoder) throws {
            try entry.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(evidence, forKey: .evidence)
        }
    }

    /// A journal is a file, and may be anybody's.
    @Test func evidenceOfAJournalIsBounded() {
        var endless = Self.evidence
        endless.statements = (1...5000).map { _ in .init(gate: "etcd", by: ["core-2"], says: "x") }
        endless.statements[0].says = String(repeating: "y", count: 100_000)
        #expect(EvidenceText.lines(endless).count < 50)
        #expect(EvidenceText.lines(endless).allSatisfy { $0.count < 1000 })
    }

    @Test(arguments: [Duration.zero, .milliseconds(1), .seconds(5_000_000)])
    func itIsReadAsItWasWritten(span: Duration) throws {
        var evidence = Self.evidence
        evidence.span = span
        let read = try JSONDecoder().decode(GateEvidence.self, from: try JSONEncoder().encode(evidence))
        #expect(read == evidence)
    }
}
