import RolloutModel

/// The output of `gates`.
package struct GateReport: Codable, Hashable {
    package var gates: [Gate]

    package struct Gate: Codable, Hashable {
        package var gate: String
        package var state: GateBoard.State
        /// The grounds of its state.
        package var evidence: [Statement]
        /// Empty where it is open.
        package var holds: [HoldReport]
    }

    package struct Statement: Codable, Hashable {
        var by: String
        var says: String
    }

    /// - Parameter invocation: completes the commands in the texts.
    package init(_ board: GateBoard, _ invocation: Invocation) {
        gates = board.rows.map { row in
            Gate(
                gate: row.gate, state: row.state,
                evidence: row.statements.map { Statement(by: $0.by, says: $0.says) },
                holds: row.causes.map { HoldReport($0, in: nil, invocation) })
        }
    }

    /// A line for each gate, its evidence beneath it, and what holds it.
    package func lines(on terminal: Terminal) -> [String] {
        var told: Set<HoldReport> = []
        return gates.flatMap { gate -> [String] in
            let own = gate.holds.filter { told.insert($0).inserted }
            let evidence = gate.evidence.map { "    \($0.by): \($0.says)" }
            let holds = gate.state == .openSoFar ? own.map { "  - \($0.says)" } : own.flatMap { $0.lines() }
            let behind = Self.references(gate.holds.filter { !own.contains($0) })
            return [head(of: gate, on: terminal)] + (evidence + holds + behind).map { ForeignText.line($0) }
        }
    }

    /// A cause is told in full once, where it stands first.
    private static func references(_ holds: [HoldReport]) -> [String] {
        guard !holds.isEmpty else { return [] }
        let gates = Set(holds.map(\.gate)).sorted().joined(separator: ", ")
        return ["  - follows from \(gates)" + (holds.count > 1 ? ": \(holds.count) holds" : "")]
    }

    /// A line for each gate.
    package func heads(on terminal: Terminal) -> [String] { gates.map { head(of: $0, on: terminal) } }

    private func head(of gate: Gate, on terminal: Terminal) -> String {
        let width = gates.map(\.gate.columns).max() ?? 0
        let name = ForeignText.line(gate.gate).padded(to: width)
        return "\(name)  \(terminal.paint(Self.words(gate.state), Self.colour(gate.state)))"
    }

    private static func words(_ state: GateBoard.State) -> String {
        switch state {
        case .open: "open"
        case .openSoFar: "open so far: a rollout looks for longer"
        case .holds: "holds"
        }
    }

    private static func colour(_ state: GateBoard.State) -> Terminal.Colour {
        switch state {
        case .open, .openSoFar: .green
        case .holds: .yellow
        }
    }
}
