import RolloutModel

extension [AuditFinding] {
    /// Hosts that went back to their old partition, by any of the signs that facts 4 has.
    static func reverted(_ audits: [HostAudit]) -> [AuditFinding] {
        var found: [AuditFinding] = []
        for audit in audits {
            let signs = signsOfRevert(audit)
            guard !signs.isEmpty else { continue }
            let message = "went back to its old partition: \(signs.joined(separator: "; "))"
            if let same = found.firstIndex(where: { $0.message == message }) {
                found[same].hosts.append(audit.host)
            } else {
                found.append(AuditFinding(.reverted, [audit.host], message))
            }
        }
        return found
    }

    static func signsOfRevert(_ audit: HostAudit) -> [String] {
        var signs: [String] = []
        if let version = audit.revertedFrom { signs.append("its agent saw it go back from \(version)") }
        if let partitions = audit.partitions, partitions.otherWasTriedInVain == true {
            let attributes = partitions.otherAttributes ?? "neither tries nor success"
            signs.append("the other partition was armed and never marked good (\(attributes))")
        }
        // Before its reboot, a host with an update staged looks the same.
        if let version = audit.previousVersion, version == audit.version, audit.updatePending == false,
            audit.partitions?.otherIsNext != true
        {
            signs.append("update_engine last applied an update while \(version) ran, which still runs")
        }
        return signs
    }

    /// Hosts that the next reboot takes elsewhere.
    static func unsettled(_ audits: [HostAudit]) -> [AuditFinding] {
        let uncommitted = audits.filter {
            $0.partitions?.isCommitted == false && $0.partitions?.otherIsNext == false
        }
        let pending = audits.filter { $0.updatePending == true || $0.partitions?.otherIsArmed == true }
        let preferred = audits.filter {
            $0.partitions?.otherIsNext == true && $0.updatePending != true
                && $0.partitions?.otherIsArmed != true
        }
        return [
            AuditFinding(
                .uncommitted, uncommitted.map(\.host),
                "runs a partition that is not marked good: the next reboot may go back"),
            AuditFinding(
                .updatePending, pending.map(\.host),
                "has an update staged: the next reboot goes to the other partition"),
            AuditFinding(
                .otherPartitionNext, preferred.map(\.host),
                "boots the other partition next, where no update waits for it: 'cgpt prioritize' keeps the one that runs"
            ),
        ].filter { !$0.hosts.isEmpty } + damagedTables(audits)
    }

    private static func damagedTables(_ audits: [HostAudit]) -> [AuditFinding] {
        HostSpread(audits) { $0.partitions?.warning }.values.map { warning, hosts in
            AuditFinding(
                .damagedTable, hosts,
                "cgpt says of its partition table: \(warning); 'cgpt repair DISK' writes the damaged copy anew"
            )
        }
    }

    /// Hosts whose engine reads update.conf otherwise than it is meant.
    static func oddSettings(_ audits: [HostAudit]) -> [AuditFinding] {
        let sentences = audits.flatMap { audit in
            (audit.oddSettings ?? []).map { (audit.host, "update-engine \($0.reading)\($0.mending)") }
        }
        return Dictionary(grouping: sentences, by: \.1).sorted { $0.key < $1.key }
            .map { AuditFinding(.oddSetting, $0.value.map(\.0), $0.key) }
    }

    /// Hosts with units that failed; those that have the same ones together.
    static func degraded(_ audits: [HostAudit]) -> [AuditFinding] {
        HostSpread(audits) { audit in
            (audit.failedUnits ?? []).isEmpty ? nil : audit.failedUnits.map { Names.text($0) }
        }.values.map { units, hosts in AuditFinding(.degraded, hosts, "degraded, by failed units: \(units)") }
    }

    /// Hosts of releases that nobody mends any more.
    static func endOfLife(_ audits: [HostAudit]) -> [AuditFinding] {
        HostSpread(audits) { ReleaseLife.end(of: $0.version, distribution: $0.distribution) }.values
            .map { AuditFinding(.endOfLife, $0.hosts, $0.value) }
    }
}
