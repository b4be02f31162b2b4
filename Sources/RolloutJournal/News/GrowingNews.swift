import Foundation
import RolloutModel

/// Finds the news in a journal that grows line by line.
public struct GrowingNews: Sendable {
    private var record: RolloutRecord?
    private var operatorName = ""

    public init() {}

    /// Of all that is in a journal, which is no news.
    ///
    /// - Parameter name: names the journal in messages.
    /// - Throws: `JournalError`, as `JournalReading` does.
    public init(reading blocks: JournalBlocks, name: String) throws(JournalError) {
        record = try JournalReading(blocks, path: name).record
        operatorName = record?.machine.plan.operatorName ?? ""
    }

    /// Takes the next line, as the journal wrote it. A line that is none, or that cannot follow, is no news.
    public mutating func take(line: [UInt8]) -> [RolloutNews] {
        let body = line.last == UInt8(ascii: "\n") ? line.dropLast() : line[...]
        guard let entry = try? JSONDecoder().decode(JournalEntry.self, from: Data(body)) else { return [] }
        guard let before = record?.machine else {
            open(entry)
            return []
        }
        if case .attached(_, let by, _) = entry.what { operatorName = by }
        guard (try? record?.append(entry, path: "", isRead: true)) != nil,
            case .event(let event) = entry.what, let machine = record?.machine
        else { return [] }
        return kinds(of: event, before, machine).map { kind, host in
            RolloutNews(kind: kind, host: host, by: operatorName, machine: machine)
        }
    }

    private mutating func open(_ entry: JournalEntry) {
        guard case .opened(_, let plan, _, _) = entry.what else { return }
        record = try? RolloutRecord(first: entry, path: "")
        operatorName = plan.operatorName
    }

    private func kinds(
        of event: RolloutMachine.Event, _ before: RolloutMachine, _ after: RolloutMachine
    ) -> [(RolloutNews.Kind, HostID?)] {
        var kinds: [(RolloutNews.Kind, HostID?)] = []
        if before.state.top == .planned, after.state.top != .planned { kinds.append((.start, nil)) }
        if case .resumed = event { kinds.append((.resumed, nil)) }
        if case .abandonRequested = event { kinds.append((.abandoned, nil)) }
        if after.results.count != before.results.count {
            let done = after.plan.hosts.map(\.id).filter {
                after.results[$0] != nil && before.results[$0] == nil
            }
            kinds += done.map { (.hostDone, $0) }
        }
        if let held = after.state.held, held != before.state.held { kinds.append((.held, nil)) }
        if after.outcome != nil, before.outcome == nil { kinds.append((.done, nil)) }
        return kinds
    }
}
