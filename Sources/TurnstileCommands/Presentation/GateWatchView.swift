import Reports
import RolloutModel

/// The gates, shown again and again: the same lines written over on a terminal, and elsewhere a line for each gate that
/// changed.
struct GateWatchView {
    /// The terminal in its present size.
    let terminal: () -> Terminal
    let write: (String) -> Void
    private var living: LivingLines
    /// The state of each gate as it was told last.
    private var told: [String: String] = [:]

    /// The pause between two looks.
    static let pause = Duration.seconds(3)

    init(on terminal: @escaping () -> Terminal, write: @escaping (String) -> Void) {
        self.terminal = terminal
        self.write = write
        living = LivingLines(write: write)
    }

    mutating func show(_ report: GateReport) {
        let terminal = terminal()
        guard terminal.isLive else { return tell(report) }
        let columns = max(20, terminal.columns ?? 80)
        // The cursor stands below the last line.
        let rows = max(5, (terminal.rows ?? 24) - 1)
        let plain = Terminal(isLive: false, hasColour: false)
        living.paint(
            Self.fitted(report, on: plain, rows: rows).map { ShortText.cut($0, to: columns) },
            columns: columns)
    }

    /// Evidence of open gates is left out first, and then what does not fit.
    static func fitted(_ report: GateReport, on terminal: Terminal, rows: Int) -> [String] {
        let all = report.lines(on: terminal)
        guard all.count > rows else { return all }
        var shut = report
        for index in shut.gates.indices where shut.gates[index].state != .holds {
            shut.gates[index].evidence = []
            shut.gates[index].holds = []
        }
        let lines = shut.lines(on: terminal)
        guard lines.count > rows else { return lines }
        return lines.prefix(rows - 1) + ["… \(lines.count - rows + 1) more lines: 'turnstile gates'"]
    }

    private mutating func tell(_ report: GateReport) {
        for gate in report.gates {
            let why = gate.holds.map(\.says).joined(separator: "; ")
            let news = ForeignText.line(
                "\(gate.gate) \(gate.state.rawValue)" + (gate.state == .holds ? ": \(why)" : ""))
            guard told[gate.gate] != news else { continue }
            told[gate.gate] = news
            write(news + "\n")
        }
    }
}
