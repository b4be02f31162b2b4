import Foundation

/// A rollout's status made to fit a screen: lines wrap at words, and hosts in the same state are folded into a count.
struct StatusScreen {
    let columns: Int
    /// The lines that there is room for.
    let rows: Int

    /// Hosts that are shown at least, however long the reasons of a hold are.
    private static let hostsMin = 3
    /// The title, a blank line, and the head of the table.
    private static let headRows = 3

    init(of terminal: Terminal) {
        columns = max(20, terminal.columns ?? 80)
        // The cursor stands below the last line.
        rows = max(Self.headRows + Self.hostsMin + 3, (terminal.rows ?? 24) - 1)
    }

    func lines(_ summary: RolloutSummary, now: Date) -> [String] {
        let plain = Terminal(isLive: false, hasColour: false)
        let closing = closing(summary, now: now)
        let (hosts, folded) = folded(summary.hosts, room: rows - Self.headRows - closing.count)
        let table = RolloutSummary.table(of: hosts).lines(on: plain).map { ShortText.cut($0, to: columns) }
        let title = ShortText.cut(summary.title(on: plain), to: columns)
        return [title, ""] + table + folded + closing
    }

    /// The last line is the command that goes on, and is kept.
    private func closing(_ summary: RolloutSummary, now: Date) -> [String] {
        let lines = summary.closingLines(withReasons: true, now: now).map(wrapped)
        let all = lines.flatMap { $0 }
        let room = rows - Self.headRows - min(Self.hostsMin, summary.hosts.count)
        guard all.count > room else { return all }
        let last = lines.last ?? []
        let kept = max(0, room - last.count - 1)
        let rest = "… \(all.count - kept - last.count) more lines: 'turnstile status'"
        return all.prefix(kept) + [ShortText.cut(rest, to: columns)] + last
    }

    /// Folds the most frequent state first, so that the unusual ones stay.
    private func folded(
        _ hosts: [RolloutSummary.Host], room: Int
    ) -> (shown: [RolloutSummary.Host], folded: [String]) {
        guard hosts.count > room else { return (hosts, []) }
        let groups = Dictionary(grouping: hosts, by: \.result).mapValues(\.count)
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var shown = hosts
        var counts: [String] = []
        for (result, count) in groups where shown.count + 1 > room {
            shown.removeAll { $0.result == result }
            counts.append("\(count) \(result)")
        }
        let line = Columns.Cell("… \(counts.joined(separator: ", "))").text
        return (shown, [ShortText.cut(line, to: columns)])
    }

    private func wrapped(_ line: String) -> [String] {
        let indent = line.prefix { $0 == " " }.count
        return WrappedText(columns: columns).lines(WrappedText.words(line), indent: indent).flatMap(broken)
    }

    /// A word that is longer than a line is broken: a line that the terminal wraps could not be taken back.
    private func broken(_ line: String) -> [String] {
        var rest = line[...]
        var lines: [String] = []
        while rest.count > columns {
            lines.append(String(rest.prefix(columns)))
            rest = rest.dropFirst(columns)
        }
        return lines + [String(rest)]
    }
}
