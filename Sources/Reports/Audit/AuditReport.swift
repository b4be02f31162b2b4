import Coordinator
import RolloutModel

/// The result of an audit and the findings about it, before it takes the form of any view.
package struct AuditReport {
    package let audits: [HostAudit]
    package let findings: [AuditFinding]
    let summary: AuditSummary
    private let places: [String: [Int]]

    package init(_ audits: [HostAudit], expected: ReleaseSpan? = nil, earlier: [HostAudit]? = nil) {
        self.audits = audits
        findings = .of(audits, expected: expected, earlier: earlier)
        summary = AuditSummary(audits)
        var places: [String: [Int]] = [:]
        for (index, finding) in findings.enumerated() {
            for host in finding.hosts { places[host, default: []].append(index) }
        }
        self.places = places
    }

    package func findings(about host: String) -> [AuditFinding] { (places[host] ?? []).map { findings[$0] } }

    /// The worst kind of finding about a value: an alarm, a finding worth a look, or none.
    func oddness(of column: AuditColumn, at audit: HostAudit) -> Oddness {
        guard column.value(audit) != nil else { return .usual }
        let about = findings(about: audit.host).filter { column.isAbout($0) && $0.kind != .disagreement }
        if about.contains(where: \.kind.isAlarm) { return .alarming }
        // The end of a release's support is reported once, and not at every host again.
        return about.contains { $0.kind != .endOfLife } ? .odd : .usual
    }

    enum Oddness: String {
        case usual
        case odd
        case alarming
    }

    /// The whole report as text, with a newline at its end.
    package func text(as format: AuditFormat, isWide: Bool = false, on terminal: Terminal) throws -> String {
        switch format {
        case .table: AuditTable(self, isWide: isWide).lines(on: terminal).map { $0 + "\n" }.joined()
        case .json: try AuditRow.document(self) + "\n"
        case .ndjson: try audits.map { try AuditRow.line($0) + "\n" }.joined()
        case .csv: AuditCSV.text(self)
        case .markdown: AuditMarkdown.text(self)
        case .html: AuditPage(self).text
        }
    }
}
