import Coordinator
import RolloutModel

/// The hosts of an audit that fulfil a condition.
package struct ConditionReport {
    private let condition: AuditCondition
    private let audits: [HostAudit]

    package init(_ condition: AuditCondition, _ audits: [HostAudit]) {
        self.condition = condition
        self.audits = audits
    }

    /// - Throws: `CommandFailure` where a host cannot be judged, as it may be one of them, or none fulfils the condition.
    package func chosen() throws(CommandFailure) -> [HostID] {
        let unclear = audits.filter { condition.holds($0) == nil }
        guard unclear.isEmpty else { throw CommandFailure(.failed, Self.lines(unclear, condition)) }
        let hosts = audits.filter { condition.holds($0) == true }.map { HostID($0.host) }
        guard !hosts.isEmpty else {
            throw CommandFailure(.failed, "--where \(condition): it is so of none of \(audits.count) hosts")
        }
        return hosts
    }

    private static func lines(_ unclear: [HostAudit], _ condition: AuditCondition) -> String {
        let hosts = unclear.map { "  - \($0.host): \(why($0, condition))" }
        let names = unclear.map(\.host).joined(separator: ",")
        return
            (["--where \(condition): these hosts do not tell:"] + hosts
            + ["Leave them out with --exclude '\(names)', or see that they tell it."]).joined(separator: "\n")
    }

    private static func why(_ audit: HostAudit, _ condition: AuditCondition) -> String {
        let fields = condition.untold(of: audit).map(\.rawValue)
        return audit.fault ?? "its audit has no \(Names.text(fields)) that can be compared"
    }
}
