import AgentProtocol
import HostFiles

/// The end of an update that is downloaded ahead.
extension StageStep {
    /// Takes the partition out of the boot order as soon as the engine is done with it: until then an accidental reboot
    /// would lead there.
    ///
    /// - Returns: the table as the engine left it.
    mutating func takeOut() async throws -> PartitionTable {
        let now = try await step.reader.partitionTable()
        let applied = record.staging?.prefetch?.applied ?? now
        // A run that is killed after this goes on from it: the attributes no longer tell that the engine was done.
        record.staging?.prefetch = PrefetchMark(applied: applied)
        try await step.save(record)
        try await step.otherPartition.takeOutOfBootOrder(now)
        return applied
    }

    mutating func declarePrefetched(_ version: String, _ evidence: [VersionEvidence]) async throws
        -> StagedUpdate
    {
        try await step.engine.rest()
        let table = try await step.reader.partitionTable()
        guard table.leavesOtherOut, table.isCommitted, let mark = record.staging else {
            throw StepStop.failed(
                .stillArmed,
                "\(table.other.label) (\(table.other.device)) is to be in no boot order, and has priority="
                    + "\(table.other.priority) tries=\(table.other.tries) successful="
                    + "\(table.other.successful ? 1 : 0) once update-engine stopped")
        }
        // No engine, and no locksmithd, takes the update for one that waits for its reboot.
        try step.effects.files.remove(HostReader.pendingMarkerPath)
        if record.owesRebootRequest(in: mark.bootID) {
            try step.effects.files.remove(HostReader.rebootRequestPath)
        }
        record.staging?.owesRebootRequest = nil
        // The record is not to outlive what it says was written.
        step.effects.syncDisks()
        let contents = await step.contents(version, on: table)
        record.staging?.prefetch?.written = try step.written(to: mark.partition)
        record.staging?.prefetch?.cursor = try await step.journal.cursor()
        record.staging?.contents = contents
        record.staging?.version = version
        record.staging?.evidence = evidence
        record.phase = .prefetched
        try await step.save(record)
        return StagedUpdate(
            version: version, evidence: evidence, bootID: mark.bootID, partitions: table, contents: contents)
    }
}
