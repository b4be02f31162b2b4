import AgentProtocol

/// The state of a host that a verb needs before it decides anything.
struct HostSituation: Hashable, Sendable {
    var record: HostRecord
    var bootID: String
    var runningVersion: String
    var table: PartitionTable
    /// The marker of facts 0.5.
    var isUpdatePending: Bool
    var engine: EngineUnit
    var hazards: [HostHazard] = []

    /// An update of ours was begun in this boot and not finished. One that was downloaded ahead is finished: an engine
    /// that runs since is somebody else's.
    var isStagingOurs: Bool {
        record.isUnfinished && record.phase != .prefetched && record.staging?.bootID == bootID
    }

    /// The host has left the boot in which it was staged, and runs the partition it had before (facts 0.30, 0.41).
    var isReverted: Bool {
        guard let mark = record.staging, mark.bootID != bootID else { return false }
        switch record.phase {
        case .staged, .rebooting, .committing:
            return table.booted.number != mark.partition.number && !table.isArmed
        case .idle, .staging, .prefetched, .committed, .rollingBack:
            return false
        }
    }

    /// The running partition is the one staged, in a later boot, and not yet one that stays.
    var isOnItsTry: Bool {
        guard let mark = record.staging, mark.bootID != bootID else { return false }
        return table.booted.number == mark.partition.number && !table.runsGoodPartition
    }

    func hazard(_ kind: HostHazard.Kind) -> Refusal? {
        hazards.first { $0.kind == kind }.map { Refusal(reason: .hostUnsafe, message: $0.message) }
    }

    var revertedMessage: String {
        "this host reverted: it runs \(runningVersion) from \(table.booted.label) "
            + "(\(table.booted.device)) again, and not \(record.staging?.version ?? "the update") from "
            + "\(table.other.label); find out why before it is tried once more"
    }
}
