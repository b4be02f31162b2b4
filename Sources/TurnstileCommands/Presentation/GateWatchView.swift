import Reports
import RolloutModel

/// The gates, shown again and again: the same lines written over on a terminal, with the age of the answers, and elsewhere a
/// line for each gate that changed.
struct GateWatchView {
    /// The terminal in its present size.
    let terminal: () -> Terminal
    let invocation: Invocation
    let write: (String) -> Void
    private var living: LivingLines
    /// The state of each gate as it was told last.
    private var told: [String: String] = [:]

    /// The pause between two looks.
    static let pause = Duration.seconds(3)
    /// The time after which the age is shown anew.
    static let interval = Duration.seconds(1)

    init(
        on terminal: @escaping () -> Terminal, _ invocation: Invocation, write: @escaping (String) -> Void
    ) {
        self.terminal = terminal
        self.invocation = invocation
        self.write = write
        living = LivingLines(write: write)
    }

    /// - Parameter age: the time since the look began that the report is of.
    mutating func show(_ report: GateReport, age: Duration) {
        let terminal = terminal()
        guard terminal.isLive else { return tell(report) }
        // The cursor stands below the last line.
        let screen = GateScreen(
            columns: max(20, terminal.columns ?? 80), rows: max(5, (terminal.rows ?? 24) - 1),
            invocation: invocation)
        living.paint(screen.lines(report, age: age), columns: screen.columns)
    }

    private mutating func tell(_ report: GateReport) {
        // A gate that no configuration has, such as that of a person's word, has a row only while it holds.
        let gone = Set(told.keys).subtracting(report.gates.map(\.gate))
        for gate in gone.sorted() {
            told[gate] = nil
            write(ForeignText.line("\(gate) \(GateBoard.State.open.rawValue)") + "\n")
        }
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
