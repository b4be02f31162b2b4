import AgentProtocol
import HostFiles

/// `commit`: the running partition becomes the one that stays.
struct CommitStep {
    let step: Step
    var request: CommitRequest
    var record: HostRecord

    mutating func run() async throws -> CommitProof {
        let host = try await step.situation(record)
        let entry = CommitEntry(host, bootID: request.bootID, version: request.version)
        if case .refused(let refusal) = entry { throw StepStop.refused(refusal) }
        // The engine's messages from here on say whether the other partition stays what it is.
        if record.staging?.commitCursor == nil {
            record.staging?.commitCursor = try await step.journal.cursor()
        }
        record.phase = .committing
        try await step.save(record)
        let sighting: CommitSighting?
        do {
            sighting = entry == .go ? try await markGood() : nil
            try await waitForSetGoodToEnd()
        } catch {
            throw await atRest(StepStop(error))
        }
        // The host is brought to rest while journald is asked.
        let journal = step.journal
        async let line = sighting?.lineAtLast(journal)
        let table = try await conclude(host.table.booted, sighting)
        return CommitProof(
            version: request.version, bootID: request.bootID, partitions: table, journalLine: await line)
    }

    private func markGood() async throws -> CommitSighting? {
        switch request.method {
        case .engine: return try await setGoodByEngine()
        case .direct:
            try await setGoodDirectly()
            return nil
        }
    }

    /// Stopped, read once more, and only then answered.
    ///
    /// A table whose bytes are those of the proof reads as the proof does.
    private mutating func conclude(
        _ booted: PartitionTable.Partition, _ sighting: CommitSighting?
    ) async throws -> PartitionTable {
        try await step.engine.rest(request.engineRest, found: record.original?.engine)
        var sighting = sighting
        let proved = sighting?.provedTable()
        let table = if let proved { proved } else { try await step.reader.partitionTable(running: booted) }
        guard table.isCommitted else {
            throw StepStop.failed(
                .notCommitted,
                "\(table.booted.label) (\(table.booted.device)) was committed, and no longer is once "
                    + "update-engine stopped: \(Self.attributes(table.booted))")
        }
        record.phase = .committed
        record.revertedFrom = nil
        record.deadManMinutes = nil
        try await step.save(record)
        return table
    }

    /// A failed commit leaves the engine at rest too; the host stays on its one try.
    private func atRest(_ stop: StepStop) async -> StepStop {
        do {
            try await step.engine.rest()
            return stop
        } catch {
            guard case .failed(var failure) = stop else { return stop }
            failure.message += "; and \(error)"
            return .failed(failure)
        }
    }

    static func attributes(_ partition: PartitionTable.Partition) -> String {
        "priority=\(partition.priority) tries=\(partition.tries) successful=\(partition.successful ? 1 : 0)"
    }
}
