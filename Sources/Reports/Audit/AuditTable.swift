import Coordinator

/// An audit for a terminal: what is odd has a colour, and is said again in words below.
package struct AuditTable {
    private let report: AuditReport
    private let columns: [AuditColumn]
    /// True for a table that was asked to be wide: it has every column, whatever the terminal.
    private let isWide: Bool

    /// The columns that a narrow terminal goes without. Counts and findings below the table tell of them, too.
    private static let dispensable = [
        "UP", "CLUSTER", "REBOOTS", "UPDATE-ENGINE", "GROUP", "AGENT", "ETCD", "PARTITION",
    ]

    package init(_ report: AuditReport, isWide: Bool) {
        self.report = report
        self.isWide = isWide
        columns = isWide ? AuditColumn.all : AuditColumn.narrow
    }

    package func lines(on terminal: Terminal) -> [String] {
        var table = Columns(header: columns.map(\.title))
        table.rows = report.audits.map(row)
        table.dispensable = Self.dispensable
        var lines =
            table.lines(on: isWide ? terminal.endless : terminal)
            + [""] + AuditText.summary(report.summary, columns: terminal.columns)
        if !report.findings.isEmpty { lines.append("") }
        return lines + report.findings.flatMap { words($0, on: terminal) }
    }

    private func words(_ finding: AuditFinding, on terminal: Terminal) -> [String] {
        let sentence = Columns.Cell(AuditText.sentence(finding, of: report.audits.count)).text
        return terminal.lines(of: sentence).map { terminal.paint($0, finding.kind.isAlarm ? .red : .yellow) }
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
