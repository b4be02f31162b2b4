import Foundation

/// A rollout's status made to fit a screen: lines wrap at words, and hosts in the same state are folded into a count.
package struct StatusScreen {
    let columns: Int
    /// The lines that there is room for.
    let rows: Int
    private let invocation: Invocation

    /// Hosts that are shown at least, however long the reasons of a hold are.
    private static let hostsMin = 3
    /// The title in one row, a blank line, and the head of the table.
    private static let headRows = 3
    /// The part of the screen that the title may have.
    private static let titleShare = 4

    package init(of terminal: Terminal, _ invocation: Invocation) {
        self.invocation = invocation
        columns = max(20, terminal.columns ?? 80)
        // The cursor stands below the last line.
        rows = max(Self.headRows + Self.hostsMin + 3, (terminal.rows ?? 24) - 1)
    }

    package func lines(_ summary: RolloutSummary, now: Date) -> [String] {
        let plain = Terminal(isLive: false, hasColour: false)
        let title = title(summary, now: now)
        let headRows = Self.headRows - 1 + title.count
        let closing = closing(summary, below: headRows, now: now)
        guard summary.steps == nil else { return title + closing }
        let folded = FoldedHosts(summary.hosts.map(\.result), room: rows - headRows - closing.count)
        let table = RolloutSummary.table(of: folded.shown.map { summary.hosts[$0] }, now: now)
            .lines(on: plain).map { ShortText.cut($0, to: columns) }
        return title + [""] + table + (folded.rest.map { [ShortText.cut($0, to: columns)] } ?? []) + closing
    }

    /// The title's rows. A reason that is too long for them is told below the table, too.
    private func title(_ summary: RolloutSummary, now: Date) -> [String] {
        let lines = wrapped(summary.title(now: now))
        let rowsMax = max(1, rows / Self.titleShare)
        guard lines.count > rowsMax else { return lines }
        return lines.prefix(rowsMax - 1) + [ShortText.cut(lines[rowsMax - 1] + " …", to: columns)]
    }

    /// While a rollout is driven: the board that its own terminal has in the place of the table.
    package func lines(_ summary: RolloutSummary, _ board: RolloutBoard, now: Date) -> [String] {
        let plain = Terminal(isLive: false, hasColour: false)
        let title = title(summary, now: now)
        let headRows = Self.headRows - 1 + title.count
        let closing = closing(summary, below: headRows, now: now)
        let room = max(headRows + 1, rows - headRows - closing.count)
        // A line of the board leaves the last column free.
        return title + [""] + board.lines(columns: columns + 1, rows: room, screen: room, on: plain) + closing
    }

    /// The last line is the command that goes on, and is kept.
    private func closing(_ summary: RolloutSummary, below headRows: Int, now: Date) -> [String] {
        let lines = summary.closingLines(withReasons: true, now: now).map(wrapped)
        let all = lines.flatMap { $0 }
        let room = rows - headRows - min(Self.hostsMin, summary.hosts.count)
        guard all.count > room else { return all }
        let last = lines.last ?? []
        func rest(_ count: Int) -> [String] {
            let text = "… \(count) more lines"
            let whole = wrapped("\(text): \(invocation.command("status \(summary.rollout)"))")
            // A screen without room for the command has room for the one that goes on.
            return last.count + whole.count <= room ? whole : [ShortText.cut(text, to: columns)]
        }
        // The count takes no more columns than that of all lines.
        let kept = max(0, room - last.count - rest(all.count).count)
        return all.prefix(kept) + rest(all.count - kept - last.count) + last
    }

    private func wrapped(_ line: String) -> [String] {
        WrappedText(columns: columns).fittingLines(of: line)
    }
}
