import AgentProtocol
import HostFiles
import Logging

/// `stage`: brings the update onto the other partition, armed and proved, or leaves the host as it was found.
struct StageStep {
    let step: Step
    let request: StageRequest
    var record: HostRecord
    /// True for an update that is downloaded ahead of the host's turn, and not armed.
    let isAhead: Bool

    mutating func run() async throws -> VerbEnding<StageAnswer> {
        let host = try await step.situation(record)
        switch StageEntry(host, target: request.target, acceptsRevert: request.acceptsRevert) {
        case .refused(let refusal):
            throw StepStop.refused(refusal)
        case .stagedAlready(var staged):
            try await step.engine.rest()
            if staged.contents == nil {
                // The contents are read again where an older agent did not look, or could not read all of them.
                staged.contents = try await noteContents(staged.version, on: host.table)
            }
            return .answered(.staged(staged))
        case .adopt(ours: false):
            let version = try await provedForeignVersion(host)
            step.logger.notice(
                "adopting an update that was applied already", metadata: ["version": "\(version)"])
            return try await stage(host, keeping: nil) { (stage) async throws in
                try await stage.proveApplied()
            }
        case .adopt(ours: true):
            return try await stage(host, keeping: nil) { (stage) async throws in
                try await stage.proveApplied()
            }
        case .update(let ours):
            return try await stage(host, keeping: nil) { (stage) async throws in
                try await stage.update(host, ours: ours)
            }
        }
    }

    /// Proves an update that somebody else staged. A version that was not asked for is refused, and left exactly as it
    /// is.
    private func provedForeignVersion(_ host: HostSituation) async throws -> String {
        let evidence = try await gatherEvidence(host.table, since: nil)
        switch evidence.judged(target: request.target, running: host.runningVersion) {
        case .proved(let version, _): return version
        case .unwanted(let offered, _):
            throw StepStop.refused(
                .versionDiffers,
                "\(offered) was staged on this host by somebody else, and \(request.target ?? "a later version") "
                    + "is wanted: \(Self.waysOut(host))")
        case .doubtful(let failure):
            throw StepStop.refused(
                .phaseUnsuitable,
                "an update that is not ours waits for a reboot: \(failure.message); \(Self.waysOut(host))")
        }
    }

    /// The commands by which a person undoes a foreign update, since the agent does not undo it.
    private static func waysOut(_ host: HostSituation) -> String {
        "reboot into it, or run `update_engine_client -reset_status` (with update-engine running) and "
            + "`cgpt prioritize \(host.table.booted.device)`"
    }

    // MARK: From beginning to end

    /// The outcome of the work.
    enum Outcome {
        case staged(StagedUpdate)
        case notStaged(VerbEnding<StageAnswer>)
    }

    /// Saves the host's state, does `work`, and restores the host unless the work ends with a staged update.
    ///
    /// - Parameter prefetch: what an earlier run of this boot had come to know.
    mutating func stage(
        _ host: HostSituation, keeping prefetch: PrefetchMark?,
        work: (inout StageStep) async throws -> Outcome
    ) async throws -> VerbEnding<StageAnswer> {
        let wasUnfinished = record.isUnfinished
        let ending: VerbEnding<StageAnswer>
        do {
            try await begin(host, keeping: prefetch)
        } catch  where !wasUnfinished {
            // The host is unchanged, and the state to restore may not be on the disk.
            throw error
        } catch {
            return try await putBack(answering: StepStop(error).ending())
        }
        do {
            try setConfiguration()
            switch try await work(&self) {
            case .staged(let staged): return .answered(.staged(staged))
            case .notStaged(let end): ending = end
            }
        } catch {
            ending = StepStop(error).ending()
        }
        return try await putBack(answering: ending)
    }

    /// Makes durable what is about to be done, and the state to restore.
    private mutating func begin(_ host: HostSituation, keeping prefetch: PrefetchMark?) async throws {
        let file = UpdateConfigurationFile(
            effects: step.effects, distribution: try step.reader.distribution())
        let touched = try await step.wasContentTouched(record)
        let now = try file.read()
        var original = record.original(
            now: HostOriginal(
                configurationPath: file.path, configuration: now, engine: host.engine, partitions: host.table)
        )
        original.written =
            try file.changed(now, group: request.group, server: request.server) ?? original.written
        record.original = original
        let owesRebootRequest =
            try record.owesRebootRequest(in: host.bootID)
            || !step.effects.files.exists(HostReader.rebootRequestPath)
        record.staging = StagingMark(
            bootID: host.bootID, partition: PartitionName(host.table.other),
            journaldCursor: host.isStagingOurs ? record.staging?.journaldCursor : nil,
            isContentTouched: touched, previousVersion: host.runningVersion,
            previousEtcdVersion: request.etcdVersion, owesRebootRequest: owesRebootRequest ? true : nil)
        record.staging?.prefetch = prefetch
        record.revertedFrom = nil
        record.deadManMinutes = nil
        record.phase = .staging
        try await step.save(record)
    }

    private func setConfiguration() throws {
        guard let original = record.original, let written = original.written else { return }
        let now = try step.effects.files.read(
            original.configurationPath, HostFileAccess.smallBytesMax, .refused)
        if now != written { try step.effects.files.replace(original.configurationPath, written) }
    }

    /// - Throws: `StepStop` and others before anything is armed for good.
    mutating func declareStaged(_ version: String, _ evidence: [VersionEvidence]) async throws -> StagedUpdate
    {
        // The engine is masked, whatever resting state was asked for: an engine that runs after the reboot would commit
        // the update before it is judged.
        try await step.engine.rest()
        let table = try await step.reader.partitionTable()
        guard table.isArmed, let mark = record.staging else {
            throw StepStop.failed(.notArmed, "\(table.other.device) is not armed once update-engine stopped")
        }
        // An armed host reboots only when its gates are open, and only through the rollout.
        if record.owesRebootRequest(in: mark.bootID) {
            try step.effects.files.remove(HostReader.rebootRequestPath)
        }
        record.staging?.owesRebootRequest = nil
        let contents = await step.contents(version, on: table)
        record.staging?.contents = contents
        record.staging?.version = version
        record.staging?.evidence = evidence
        record.phase = .staged
        try await step.save(record)
        return StagedUpdate(
            version: version, evidence: evidence, bootID: mark.bootID, partitions: table,
            contents: contents)
    }
}
