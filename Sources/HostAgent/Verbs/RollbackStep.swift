import AgentProtocol
import HostFiles

/// `rollback`: back to the other partition.
struct RollbackStep {
    let step: Step
    let request: RollbackRequest
    var record: HostRecord

    /// Answers before it acts; `RebootStep.goDown` acts.
    mutating func run() async throws -> RebootAnswer {
        let host = try await step.situation(record)
        switch RollbackEntry(host, bootID: request.bootID) {
        case .refused(let refusal): throw StepStop.refused(refusal)
        case .rebootedAlready: return .rebooted(BootMark(bootID: host.bootID))
        case .plainReboot: try await declare(host)
        case .prioritize(let version, let cursor):
            try await prove(host, holds: version, since: cursor)
            try await declare(host)
            try await prefer(host.table)
        }
        return .rebooting(BootMark(bootID: host.bootID))
    }

    private mutating func declare(_ host: HostSituation) async throws {
        // Unmasked, the engine would mark good whatever runs.
        try await step.engine.rest()
        record.phase = .rollingBack
        record.rollback = RollbackMark(
            bootID: host.bootID, from: PartitionName(host.table.booted), version: host.runningVersion)
        try await step.save(record)
    }

    /// Attributes alone prove nothing (facts 0.31): the partition is looked into, and the engine's log since the
    /// commit has to be free of downloads.
    private func prove(_ host: HostSituation, holds version: String, since cursor: String?) async throws {
        let found: String
        do {
            found = try await step.otherPartition.version(on: host.table.other.device)
        } catch {
            throw Self.unproved(host, "it cannot be looked into: \(error)")
        }
        guard found == version else {
            throw Self.unproved(host, "it holds \(found), and \(version) ran from it")
        }
        guard let cursor, !cursor.isEmpty, try await step.journal.holds(cursor) else {
            throw Self.unproved(host, "journald does not reach back to the commit any more")
        }
        let since = try await step.journal.digest(since: cursor, ofThisBoot: false)
        guard since.isWhole else { throw Self.unproved(host, "journald cannot be read whole") }
        if since.sawOffer {
            let what = since.offered ?? "an update"
            throw Self.unproved(host, "a download of \(what) to it was begun since the commit")
        }
    }

    private static func unproved(_ host: HostSituation, _ why: String) -> StepStop {
        .refused(RollbackEntry.refusal(host, why))
    }

    private func prefer(_ table: PartitionTable) async throws {
        let wanted = table.preferringOther
        for partition in [wanted.booted, wanted.other] {
            try await step.otherPartition.setAttributes(of: partition, on: table.disk)
        }
        let now = try await step.reader.partitionTable()
        guard now.other.isBootable, now.other.priority > now.booted.priority else {
            throw StepStop.failed(
                .hostFault,
                "\(now.other.device) is not the first choice of the boot loader after it was made so")
        }
    }
}
