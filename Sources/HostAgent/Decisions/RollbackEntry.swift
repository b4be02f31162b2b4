import AgentProtocol

/// The decision whether, and how, `rollback` may go on.
enum RollbackEntry: Hashable, Sendable {
    case refused(Refusal)
    /// The present boot is a later one than the one asked about.
    case rebootedAlready
    /// The running partition is on its single try: the boot loader takes the other one by itself.
    case plainReboot
    /// The other one has to be made the first choice, once it is proved to hold `version`.
    case prioritize(version: String, committedAt: String?)

    init(_ host: HostSituation, bootID: String) {
        guard bootID == host.bootID else {
            self = .rebootedAlready
            return
        }
        if let refusal = host.hazard(.leavesClusterOnShutdown) {
            self = .refused(refusal)
        } else if host.isOnItsTry {
            self = Self.fromItsTry(host)
        } else {
            self = Self.fromCommitted(host)
        }
    }

    private static func fromItsTry(_ host: HostSituation) -> RollbackEntry {
        guard host.table.other.isBootable, host.table.booted.tries == 0 else {
            return unproved(host, "\(attributes(host.table.other)) does not boot")
        }
        return .plainReboot
    }

    private static func fromCommitted(_ host: HostSituation) -> RollbackEntry {
        let other = host.table.other
        guard let mark = host.record.staging,
            host.record.phase == .committed || host.record.phase == .rollingBack,
            mark.partition.number == host.table.booted.number, let version = mark.previousVersion
        else {
            return unproved(
                host,
                "Turnstile did not bring this host to \(host.runningVersion), and cannot tell what is on it")
        }
        guard !host.isUpdatePending, !host.table.isArmed, other.isBootable else {
            return unproved(
                host, "\(attributes(other))\(host.isUpdatePending ? ", and an update was written to it" : "")"
            )
        }
        guard host.engine.isMasked, !host.engine.isRunning else {
            return unproved(host, "update-engine is not masked, and may be writing to it")
        }
        return .prioritize(version: version, committedAt: mark.commitCursor)
    }

    private static func unproved(_ host: HostSituation, _ why: String) -> RollbackEntry {
        .refused(refusal(host, why))
    }

    static func refusal(_ host: HostSituation, _ why: String) -> Refusal {
        Refusal(
            reason: .partitionUnproved,
            message: "cannot go back to \(host.table.other.label) (\(host.table.other.device)): \(why)")
    }

    private static func attributes(_ partition: PartitionTable.Partition) -> String {
        "priority=\(partition.priority) tries=\(partition.tries) successful=\(partition.successful ? 1 : 0)"
    }
}

extension PartitionTable {
    /// The most that GPT's four bits hold.
    private static let priorityMax = 15

    /// With the other partition as the one that boots next, and nothing else changed.
    var preferringOther: PartitionTable {
        var table = self
        table.other.priority = min(booted.priority, Self.priorityMax - 1) + 1
        table.booted.priority = min(booted.priority, Self.priorityMax - 1)
        return table
    }
}
