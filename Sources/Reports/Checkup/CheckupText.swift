import RolloutModel

/// A finding as lines of a terminal: what was asked, of what, the answer, and the fix below it.
struct CheckupText {
    /// How many hosts were looked at.
    var hostCount: Int
    var configuration: String
    var invocation: Invocation
    var columns: Int

    static let columnsUsual = 80
    /// Wider lines are hard to read.
    private static let columnsMax = 110
    private static let indent = 9

    func lines(_ finding: Checkup.Finding, on terminal: Terminal) -> [String] {
        let text = WrappedText(columns: min(columns, Self.columnsMax))
        let said = "\(finding.check.asked)\(place(finding.subject)): \(invocation.completing(finding.said))"
        let margin = String(repeating: " ", count: Self.indent)
        let body = text.lines(WrappedText.words(said), indent: Self.indent)
        let verdict = finding.verdict.rawValue
        let head =
            terminal.paint(verdict, Self.colour(finding.verdict))
            + String(repeating: " ", count: Self.indent - verdict.columns)
        let first = head + (body.first ?? "").dropFirst(Self.indent)
        let fix =
            finding.fix.map { FixText(configuration: configuration, invocation: invocation).blocks($0) } ?? []
        return [first] + body.dropFirst()
            + fix.enumerated().flatMap { place, block in
                self.lines(block, isFirst: place == 0, margin, text)
            }
    }

    private func lines(
        _ block: FixText.Block, isFirst: Bool, _ margin: String, _ text: WrappedText
    ) -> [String] {
        let label = "fix: "
        switch block {
        case .paste(let line): return [margin + String(repeating: " ", count: label.count + 2) + line]
        case .prose(let words):
            let lines = text.lines(words, indent: Self.indent + label.count)
            guard isFirst, let first = lines.first else { return lines }
            return [margin + label + first.dropFirst(Self.indent + label.count)] + lines.dropFirst()
        }
    }

    private func place(_ subject: Checkup.Subject) -> String {
        let hosts = subject.hosts
        guard !hosts.isEmpty else { return "" }
        if hosts.count == hostCount, hostCount > 1 { return " on all \(hostCount) hosts" }
        return " on \(Names.text(hosts.map { ForeignText.line($0.rawValue) }))"
    }

    private static func colour(_ verdict: Checkup.Verdict) -> Terminal.Colour {
        switch verdict {
        case .ok: .green
        case .warning: .yellow
        case .fault: .red
        }
    }
}
