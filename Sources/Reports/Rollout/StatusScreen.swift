import Foundation

/// A rollout's status made to fit a screen: lines wrap at words, and hosts in the same state are folded into a count.
package struct StatusScreen {
    let columns: Int
    /// The lines that there is room for.
    let rows: Int

    /// Hosts that are shown at least, however long the reasons of a hold are.
    private static let hostsMin = 3
    /// The title, a blank line, and the head of the table.
    private static let headRows = 3

    package init(of terminal: Terminal) {
        columns = max(20, terminal.columns ?? 80)
        // The cursor stands below the last line.
        rows = max(Self.headRows + Self.hostsMin + 3, (terminal.rows ?? 24) - 1)
    }

    package func lines(_ summary: RolloutSummary, now: Date) -> [String] {
        let plain = Terminal(isLive: false, hasColour: false)
        let closing = closing(summary, now: now)
        let folded = FoldedHosts(summary.hosts.map(\.result), room: rows - Self.headRows - closing.count)
        let table = RolloutSummary.table(of: folded.shown.map { summary.hosts[$0] }).lines(on: plain).map {
            ShortText.cut($0, to: columns)
        }
        let title = ShortText.cut(summary.title(on: plain), to: columns)
        return [title, ""] + table + (folded.rest.map { [ShortText.cut($0, to: columns)] } ?? []) + closing
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

    private func wrapped(_ line: String) -> [String] {
        let indent = line.prefix { $0 == " " }.count
        return WrappedText(columns: columns).fittingLines(WrappedText.words(line), indent: indent)
    }
}
