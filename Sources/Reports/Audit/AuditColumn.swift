import Coordinator
import RolloutModel

/// A column that every view of an audit shows.
struct AuditColumn: Sendable {
    var title: String
    /// True for a column that is shown only where there is room: on pages, and in tables that were asked to be wide.
    var isWide = false
    /// The kinds of findings that are about this column, besides those that name its aspect.
    var kinds: Set<AuditFinding.Kind> = []
    var aspect: AuditAspect?
    /// The value of a host; nil where it is missing.
    var value: @Sendable (HostAudit) -> String?

    static let all: [AuditColumn] = [
        AuditColumn(title: "HOST", kinds: [.duplicate, .new]) { $0.host },
        AuditColumn(title: "OS") { $0.distribution },
        AuditColumn(title: "VERSION", kinds: [.reverted], aspect: .version) { $0.version },
        AuditColumn(title: "GROUP", kinds: [.oddSetting], aspect: .group) { $0.groupText },
        AuditColumn(title: "UPDATE-ENGINE", aspect: .engine) { $0.engine?.description },
        AuditColumn(
            title: "PARTITION",
            kinds: [.reverted, .uncommitted, .updatePending, .otherPartitionNext, .damagedTable]
        ) {
            $0.partitionText
        },
        AuditColumn(title: "REBOOTS", aspect: .reboots) { AuditAspect.reboots.value(of: $0) },
        AuditColumn(title: "ETCD", aspect: .etcd) { $0.etcdServer },
        AuditColumn(title: "CLUSTER") { $0.etcdCluster },
        AuditColumn(title: "AGENT") { $0.agentText },
        AuditColumn(title: "UP", kinds: [.rebooted]) { $0.uptimeSeconds.map(uptime) },
        AuditColumn(title: "FAILED", isWide: true, kinds: [.degraded]) { audit in
            audit.failedUnits.flatMap { $0.isEmpty ? nil : Names.text($0) }
        },
        AuditColumn(title: "FLEET", isWide: true) { $0.fleet },
        AuditColumn(title: "DOCKER", isWide: true) { $0.docker },
        AuditColumn(title: "KERNEL", isWide: true) { $0.kernel },
        AuditColumn(title: "USER-DATA", isWide: true, aspect: .userData) { audit in
            audit.userData.map { String($0.sha256.prefix(12)) }
        },
        AuditColumn(title: "MACHINE", isWide: true) { audit in audit.machineID.map { String($0.prefix(8)) } },
    ]

    static let narrow = all.filter { !$0.isWide }

    func isAbout(_ finding: AuditFinding) -> Bool {
        kinds.contains(finding.kind) || (finding.aspect != nil && finding.aspect == aspect)
    }

    /// `3 d 4 h`, `4 h 05 min`, `5 min`; `?` for what is no uptime.
    static func uptime(_ seconds: Double) -> String {
        guard seconds >= 0, seconds < 1e12 else { return "?" }
        return Duration(clamping: seconds).roughWords
    }
}

extension HostAudit {
    var partitionText: String? {
        guard let partitions else { return updatePending == true ? "update staged" : nil }
        return "\(partitions.booted), \(partitions.proof)"
    }

    /// The group as update-engine takes it; in quotes where some of its characters are invisible.
    fileprivate var groupText: String? {
        oddSettings?.first { $0.key == "GROUP" && $0.value != $0.meant }.map { OddSetting.shown($0.value) }
            ?? group
    }

    fileprivate var agentText: String? {
        let resting = ["idle", "committed"]
        let phase = agentPhase.flatMap { resting.contains($0) ? nil : $0 }
        guard let agent else { return phase }
        return phase.map { "\(agent), \($0)" } ?? agent
    }
}

extension HostAudit.Partitions {
    fileprivate var proof: String {
        guard let isCommitted else { return "unproved" }
        if isCommitted { return "committed" }
        return otherIsNext == true ? "the other is next" : "not committed"
    }
}
