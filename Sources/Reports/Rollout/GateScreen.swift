import RolloutModel

/// The gates made to fit a screen. Lines wrap at words. Where there is no room, the evidence of gates that do not hold goes
/// first, then these gates are one line for each state below those that hold, and are left out first.
package struct GateScreen {
    package let columns: Int
    /// The lines that there is room for.
    let rows: Int
    let invocation: Invocation

    package init(columns: Int, rows: Int, invocation: Invocation) {
        self.columns = columns
        self.rows = rows
        self.invocation = invocation
    }

    /// - Parameter age: the time since the hosts were asked.
    package func lines(_ report: GateReport, age: Duration) -> [String] {
        let plain = Terminal(isLive: false, hasColour: false)
        let closing = wrapped(["asked \(age.words) ago"])
        let room = max(1, rows - closing.count)
        var shown: [String] = []
        for lines in [report.lines(on: plain), report.withoutOpenEvidence.lines(on: plain), report.folded] {
            shown = wrapped(lines)
            if shown.count <= room { return shown + closing }
        }
        return cut(shown, to: room) + closing
    }

    /// The lines that there is room for, and the command that has them all.
    private func cut(_ lines: [String], to room: Int) -> [String] {
        let command = invocation.command("gates")
        // The count takes no more columns than that of all lines.
        let places = wrapped(["… \(lines.count) more lines: \(command)"]).count
        let kept = max(0, room - places)
        return lines.prefix(kept) + wrapped(["… \(lines.count - kept) more lines: \(command)"])
    }

    private func wrapped(_ lines: [String]) -> [String] {
        let text = WrappedText(columns: columns)
        return lines.flatMap(text.fittingLines(of:))
    }
}

extension GateReport {
    /// The same, where gates that do not hold have no evidence.
    fileprivate var withoutOpenEvidence: GateReport {
        var report = self
        for index in report.gates.indices where report.gates[index].state != .holds {
            report.gates[index].evidence = []
            report.gates[index].holds = []
        }
        return report
    }

    /// The gates that hold, and below them the others as a line for each state.
    fileprivate var folded: [String] {
        var holding = self
        holding.gates.removeAll { $0.state != .holds }
        let others = GateBoard.State.allCases.filter { $0 != .holds }.compactMap { state -> String? in
            let names = gates.filter { $0.state == state }.map(\.gate)
            return names.isEmpty
                ? nil : ForeignText.line("\(Self.brief(state)): \(names.joined(separator: ", "))")
        }
        return holding.lines(on: Terminal(isLive: false, hasColour: false)) + others
    }

    private static func brief(_ state: GateBoard.State) -> String {
        switch state {
        case .open: "open"
        case .openSoFar: "open so far"
        case .holds: "holds"
        }
    }
}
