import AgentProtocol

/// What a boot says about the reboot that was to lead to it.
enum Arrival {
    /// The record, with what is known now that the host is up.
    static func record(_ host: HostSituation) -> HostRecord {
        var record = host.record
        if host.isReverted { record.revertedFrom = record.staging?.version }
        guard record.phase == .rollingBack, let way = record.rollback, way.bootID != host.bootID else {
            return record
        }
        if way.from.number == host.table.booted.number {
            // It came up on the partition it was to leave.
            record.phase = host.table.runsGoodPartition ? .committed : .rebooting
        } else {
            record.phase = .idle
            record.revertedFrom = way.version
            record.staging = nil
        }
        return record
    }
}
