import Coordinator

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
        blocks.append(
            [escaped(AuditText.heading(report.summary)) + ":", ""]
                + report.summary.sections.map { "- \($0.name): \(escaped(AuditText.counts($0)))" })
        if !report.findings.isEmpty {
            blocks.append(
                report.findings.map { "- \(escaped(AuditText.sentence($0, of: report.audits.count)))" })
        }
        let unread = report.audits.filter { $0.fault != nil }
        if !unread.isEmpty {
            blocks.append(unread.map { "- \(escaped($0.host)): \(escaped($0.fault ?? ""))" })
        }
        return blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
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
            escaped.append(scalar)
        }
        return String(escaped)
    }

    private static let special: Set<Unicode.Scalar> = [
        "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "&", "!", "#", "@",
    ]
}
