import Coordinator
import RolloutModel

/// An audit for spreadsheets, as RFC 4180 has it.
enum AuditCSV {
    private typealias Field = (name: String, value: @Sendable (HostAudit) -> String?)

    private static let fields: [Field] = [
        ("host", { $0.host }), ("fault", { $0.fault }), ("distribution", { $0.distribution }),
        ("version", { $0.version }), ("kernel", { $0.kernel }), ("group", { $0.group }),
        ("reboot_strategy", { $0.rebootStrategy }), ("locksmithd", { $0.locksmith?.activeState }),
        ("locksmithd_strategy", { $0.locksmith?.strategy }),
        ("update_engine_masked", { $0.engine.map { "\($0.isMasked)" } }),
        ("update_engine", { $0.engine?.activeState }),
        ("update_pending", { $0.updatePending.map(String.init) }),
        ("booted", { $0.partitions?.booted }),
        ("committed", { $0.partitions?.isCommitted.map(String.init) }),
        ("attributes", { $0.partitions?.attributes }),
        ("other_attributes", { $0.partitions?.otherAttributes }),
        ("user_data_sha256", { $0.userData?.sha256 }), ("etcd", { $0.etcdServer }),
        ("etcd_cluster", { $0.etcdCluster }), ("fleet", { $0.fleet }), ("docker", { $0.docker }),
        ("agent", { $0.agent }), ("agent_phase", { $0.agentPhase }), ("reverted_from", { $0.revertedFrom }),
        ("machine_id", { $0.machineID }), ("boot_id", { $0.bootID }), ("host_key", { $0.hostKey }),
        ("uptime_seconds", { $0.uptimeSeconds.map { "\(Int(clamping: $0))" } }),
        ("retried_after", { $0.retriedAfter }),
    ]

    static func text(_ report: AuditReport) -> String {
        let header = fields.map(\.name) + ["findings"]
        let rows = report.audits.map { audit in
            fields.map { $0.value(audit) ?? "" }
                + [report.findings(about: audit.host).map(\.message).joined(separator: "; ")]
        }
        return ([header] + rows).map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
    }

    /// A spreadsheet takes text that begins so for a formula, and would run it.
    private static let formulaStarts: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠",
    ]

    static func cell(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map(formulaStarts.contains) ?? false
        let clean = ForeignText.lines(text)
        let harmless = isFormula ? "'" + clean : clean
        let needsQuotes = harmless.unicodeScalars.contains { ["\"", ",", "\r", "\n", "'"].contains($0) }
        return needsQuotes ? "\"" + harmless.replacing("\"", with: "\"\"") + "\"" : harmless
    }
}
