import Foundation
import Reports
import RolloutJournal
import RolloutModel
import TurnstileCommands

extension HostileView {
    /// Journals read back.
    static func rollouts() async throws -> [HostileView] {
        var views: [HostileView] = []
        let journals =
            try RolloutSample.journals.map { ($0.name, try RolloutSample.entries($0.events)) }
            + [
                (
                    "one whose journal was lost",
                    RolloutSample.entries(RolloutSample.takenUpEvents, plan: RolloutSample.takenUp)
                ),
                (
                    "one that upgrades a platform",
                    RolloutSample.entries(RolloutSample.platformEvents, plan: RolloutSample.platform())
                ),
            ]
        for (name, entries) in journals {
            views.append(
                try await HostileView("the journal of \(name)", JSONText.document(entries)) { document in
                    try JSONDecoder().decode([JournalEntry].self, from: Data(document))
                } show: { entries in
                    var history = HistoryText()
                    let record: RolloutRecord
                    do {
                        record = try JournalInMemory.read(entries) { history.take($0) }
                    } catch let error as JournalError {
                        return [Rendering("damage", .lines([Invocation.odd.completing(error.description)]))]
                    }
                    let timeline = try JournalInMemory.timeline(entries)
                    return try self.views(of: record, history) + self.views(of: timeline)
                })
        }
        return views
    }

    private static func views(of timeline: RolloutTimeline) throws -> [Rendering] {
        let report = TimelineReport(timeline)
        return [
            Rendering(
                "show", .coloured(plain: report.lines(on: .plain), coloured: report.lines(on: .painted))),
            Rendering("report's page", .html(try report.text(as: .html), scripts: 0)),
            Rendering(
                "report's markdown", .markdown(try report.text(as: .markdown), rows: report.tableRows)),
            Rendering("report's json", .json(try report.text(as: .json), count: nil)),
        ]
    }

    private static func views(of record: RolloutRecord, _ history: HistoryText) throws -> [Rendering] {
        var views = [
            Rendering(
                "history",
                .coloured(
                    plain: history.table(on: .plain, withEvidence: true),
                    coloured: history.table(on: .painted, withEvidence: true))),
            Rendering(
                "history's json", .json(try JSONText.document(history.lines), count: record.entryCount)),
        ]
        for invocation in [Invocation(), .odd] {
            var summary = RolloutSummary(
                record, path: "/var/lib/x.jsonl", attendance: .nobody, invocation: invocation)
            summary.others = [.init(record, isDriven: false, invocation)]
            views += [
                Rendering(
                    "status",
                    .coloured(plain: summary.lines(on: .plain), coloured: summary.lines(on: .painted))),
                Rendering("status' json", .json(try JSONText.document(summary), count: nil)),
            ]
        }
        if let reasons = record.machine.state.held {
            views += self.views(of: reasons, in: record.machine.plan.rollout)
        }
        return views
    }
}

extension Invocation {
    /// Of an operator whose files have odd names.
    static let odd = Invocation(config: "my turnstile.yaml", journal: "/tmp/it's here")
}

/// A journal in memory: entries are written as lines, and read back from their bytes.
enum JournalInMemory {
    static func read(
        _ entries: [JournalEntry], each: (JournalEntry) -> Void
    ) throws -> RolloutRecord {
        try JournalReading(
            JournalBlocks(try JournalLine.lines(of: entries)), path: "/var/lib/x.jsonl", each: each
        )
        .record
    }

    static func timeline(_ entries: [JournalEntry]) throws -> RolloutTimeline {
        try RolloutTimeline(
            reading: JournalBlocks(try JournalLine.lines(of: entries)), name: "/var/lib/x.jsonl")
    }
}
