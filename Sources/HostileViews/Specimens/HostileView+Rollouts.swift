import Foundation
import RolloutJournal
import RolloutModel
import Synchronization
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
                )
            ]
        for (name, entries) in journals {
            views.append(
                try await HostileView("the journal of \(name)", JSONText.document(entries)) { document in
                    try JSONDecoder().decode([JournalEntry].self, from: Data(document))
                } show: { entries in
                    var history = HistoryText()
                    let record: RolloutRecord
                    do throws(JournalError) {
                        record = try JournalInMemory.read(entries) { history.take($0) }
                    } catch {
                        return [Rendering("damage", .lines([Invocation.odd.completing(error.description)]))]
                    }
                    return try self.views(of: record, history)
                })
        }
        return views
    }

    private static func views(of record: RolloutRecord, _ history: HistoryText) throws -> [Rendering] {
        var views = [
            Rendering(
                "history", .coloured(plain: history.table(on: .plain), coloured: history.table(on: .coloured))
            ),
            Rendering(
                "history's json", .json(try JSONText.document(history.lines), count: record.entryCount)),
        ]
        for invocation in [Invocation(), .odd] {
            let summary = RolloutSummary(
                record, path: "/var/lib/x.jsonl", isDriven: false, invocation: invocation)
            views += [
                Rendering(
                    "status",
                    .coloured(plain: summary.lines(on: .plain), coloured: summary.lines(on: .coloured))),
                Rendering("status' json", .json(try JSONText.document(summary), count: nil)),
            ]
        }
        if case .held(let reasons, _) = record.machine.state {
            views += self.views(of: reasons, in: record.machine.plan.rollout)
        }
        return views
    }
}

extension Invocation {
    /// Of an operator whose files have odd names.
    static let odd = Invocation(config: "my turnstile.yaml", journal: "/tmp/it's here")
}

/// A journal that is written to memory, and read back from its bytes.
enum JournalInMemory {
    static func read(
        _ entries: [JournalEntry], each: (JournalEntry) -> Void
    ) throws(JournalError) -> RolloutRecord {
        let bytes = BytesInMemory()
        let storage = JournalStorage(
            path: "/var/lib/x.jsonl", read: { JournalBlocks(bytes.all) }, append: { bytes.append($0) },
            truncate: { _ in })
        let times = TimesOf(entries)
        guard let first = entries.first, case .opened(_, let plan, let digest, let settings) = first.what
        else {
            throw .empty(path: storage.path)
        }
        let journal = try Journal(
            beginning: plan, configuration: digest, settings: settings, on: storage,
            timestamp: { times.next() })
        for entry in entries.dropFirst() { try journal.append(entry.what) }
        return try JournalReading(storage.read(), path: storage.path, each: each).record
    }

    private final class BytesInMemory: Sendable {
        private let bytes = Mutex<[UInt8]>([])
        var all: [UInt8] { bytes.withLock { $0 } }
        func append(_ more: [UInt8]) { bytes.withLock { $0 += more } }
    }

    private final class TimesOf: Sendable {
        private let rest: Mutex<ArraySlice<String>>
        init(_ entries: [JournalEntry]) { rest = Mutex(entries.map(\.at)[...]) }
        func next() -> String { rest.withLock { $0.popFirst() } ?? "" }
    }
}
