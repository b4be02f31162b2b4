import Coordinator
import RolloutModel

/// An audit for a ticket or a wiki, in GitHub's Markdown.
enum AuditMarkdown {
    static func text(_ report: AuditReport) -> String {
        let columns = AuditColumn.all.filter { column in
            !column.isWide || report.audits.contains { column.value($0) != nil }
        }
        let rows = report.audits.map { audit in
            columns.enumerated().map { index, column in
                if audit.fault != nil, index == 1 { return "**unreadable**" }
                let text = column.value(audit).map(escaped) ?? "-"
                return report.oddness(of: column, at: audit) == .usual ? text : "**\(text)**"
            }
        }
        let table = [columns.map(\.title), columns.map { _ in "---" }] + rows
        var blocks = [table.map { "| \($0.joined(separator: " | ")) |" }]
        blocks += list(
            AuditText.heading(report.summary),
            report.summary.sections.map { "\($0.name): \(AuditText.counts($0))" })
        blocks += list(
            "Findings", report.findings.map { AuditText.sentence($0, of: report.audits.count) })
        blocks += list(
            "Unreadable",
            report.audits.compactMap { audit in audit.fault.map { "\(audit.host): \($0)" } })
        return blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    /// A list under its heading; nothing where it is empty.
    private static func list(_ heading: String, _ items: [String]) -> [[String]] {
        guard !items.isEmpty else { return [] }
        return [["\(escaped(heading)):"], items.map { "- \(escaped($0))" }]
    }

    /// Text that means itself, on one line, whatever a host sent.
    static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.properties.generalCategory == .control || scalar.properties.isWhitespace {
                escaped.append(" ")
                continue
            }
            if special.contains(scalar) { escaped.append("\\") }
            escaped.append(ForeignText.isShown(scalar) ? scalar : ForeignText.replacement)
        }
        return String(escaped)
    }

    private static let special: Set<Unicode.Scalar> = [
        "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "&", "!", "#", "@",
    ]
}
