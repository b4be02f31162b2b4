import AgentProtocol

/// Reads from the present boot how the reboot that was to lead to it went.
enum Arrival {
    /// The record, with what is known now that the host is up.
    static func record(_ host: HostSituation) -> HostRecord {
        var record = host.record
        if host.isReverted { record.revertedFrom = record.staging?.version }
        guard record.phase == .rollingBack, let way = record.rollback, way.bootID != host.bootID else {
            return record
        }
        if way.from.number == host.table.booted.number {
            // The host came up on the partition that it was to leave.
            record.phase = host.table.runsGoodPartition ? .committed : .rebooting
        } else {
            record.phase = .idle
            record.revertedFrom = way.version
            record.staging = nil
        }
        return record
    }
}
