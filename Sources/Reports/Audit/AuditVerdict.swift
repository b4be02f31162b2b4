import Coordinator
import RolloutModel

/// The verdict on an audit: success if every host was readable, and as expected.
package struct AuditVerdict {
    /// The failure; nil where all is well.
    package let failure: CommandFailure?

    package init(_ report: AuditReport, expected: ReleaseSpan?) {
        var complaints: [String] = []
        let unread = report.audits.filter { $0.fault != nil }
        if !unread.isEmpty {
            complaints.append("\(unread.count) of \(report.audits.count) hosts could not be read:")
            complaints += Self.complaints(unread)
        }
        // Unreadable hosts have been reported already.
        let differing = report.audits.filter { audit in
            audit.fault == nil
                && report.findings(about: audit.host).contains { $0.kind == .unexpectedVersion }
        }
        if let expected, !differing.isEmpty {
            complaints.append(
                "\(differing.count) of \(report.audits.count) hosts do not run what is expected, \(expected):"
            )
            complaints += differing.map { "  - \($0.host): \($0.version ?? "version unknown")" }
        }
        failure = complaints.isEmpty ? nil : CommandFailure(.failed, complaints.joined(separator: "\n"))
    }

    /// The complaints, a line for each host. Hosts behind the same bastion share a line, in the place of the first of
    /// them.
    private static func complaints(_ unread: [HostAudit]) -> [String] {
        let behind = Dictionary(grouping: unread.filter { $0.bastion != nil }) { $0.bastion?.name ?? "" }
        return unread.compactMap { audit in
            guard let bastion = audit.bastion, let others = behind[bastion.name], others.count > 1 else {
                return "  - \(audit.host): \(audit.fault ?? "")"
            }
            guard audit.host == others[0].host else { return nil }
            let why = ShutBastion.first(of: others.compactMap(\.bastion?.why))
            return "  - \(Names.text(others.map(\.host))): the way to them ends at '\(bastion.name)': \(why)"
        }
    }
}
