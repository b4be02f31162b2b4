import Coordinator
import RolloutModel

/// Sentences about an audit, for every view that is read by people.
package enum AuditText {
    /// - Parameter total: the number of hosts; a finding about all of them names none.
    package static func sentence(_ finding: AuditFinding, of total: Int) -> String {
        let isAll = finding.hosts.count == total && total > 1 && finding.kind != .gone
        return "\(isAll ? "all \(total) hosts" : Names.text(finding.hosts)): \(finding.message)"
    }

    /// The hosts that answered only a second call, which hints at a network or an sshd near its limit; nil where there
    /// are none.
    package static func secondTries(_ audits: [HostAudit]) -> String? {
        let late = audits.filter { $0.fault == nil && $0.retriedAfter != nil }
        guard let first = late.first?.retriedAfter else { return nil }
        return "\(Names.text(late.map(\.host))): reached only when called again; the first call: \(first)"
    }

    /// `4 hosts, 1 of them unreadable`, and a line for each thing counted.
    ///
    /// - Parameter columns: the width of a line; nil where lines have any width.
    static func summary(_ summary: AuditSummary, columns: Int?) -> [String] {
        var lines = [heading(summary)]
        let width = summary.sections.map(\.name.columns).max() ?? 0
        for section in summary.sections where section.counts.contains(where: { $0.value != nil }) {
            lines += HangingText(head: section.name.padded(to: width) + "  ", columns: columns)
                .lines(ForeignText.line(counts(section)))
        }
        return lines
    }

    static func heading(_ summary: AuditSummary) -> String {
        let hosts = summary.hosts == 1 ? "1 host" : "\(summary.hosts) hosts"
        return summary.unreadable == 0 ? hosts : "\(hosts), \(summary.unreadable) of them unreadable"
    }

    static func counts(_ section: AuditSummary.Section) -> String {
        section.counts.map { "\($0.hosts) × \(shown($0))" }.joined(separator: ", ")
    }

    static func shown(_ count: AuditSummary.Count) -> String {
        guard let value = count.value else { return "unknown" }
        return value.isEmpty ? "empty" : value
    }
}
