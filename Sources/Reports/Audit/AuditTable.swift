import Coordinator

/// An audit for a terminal: what is odd has a colour, and is said again in words below.
package struct AuditTable {
    private let report: AuditReport
    private let columns: [AuditColumn]

    package init(_ report: AuditReport, isWide: Bool) {
        self.report = report
        columns = isWide ? AuditColumn.all : AuditColumn.narrow
    }

    package func lines(on terminal: Terminal) -> [String] {
        var table = Columns(header: columns.map(\.title))
        table.rows = report.audits.map(row)
        var lines = table.lines(on: terminal) + [""] + AuditText.summary(report.summary)
        if !report.findings.isEmpty { lines.append("") }
        lines += report.findings.map { finding in
            terminal.paint(
                Columns.Cell(AuditText.sentence(finding, of: report.audits.count)).text,
                finding.kind.isAlarm ? .red : .yellow)
        }
        return lines
    }

    private func row(_ audit: HostAudit) -> [Columns.Cell] {
        guard audit.fault == nil else {
            return [.init(audit.host), .init("unreadable", .red)]
                + [Columns.Cell](repeating: "-", count: columns.count - 2)
        }
        return columns.map { column in
            let colour: Terminal.Colour? =
                switch report.oddness(of: column, at: audit) {
                case .usual: nil
                case .odd: .yellow
                case .alarming: .red
                }
            return .init(column.value(audit) ?? "-", colour)
        }
    }
}
