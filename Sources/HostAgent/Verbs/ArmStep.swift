import AgentProtocol
import HostFiles

/// `arm`: the update that was downloaded ahead, proved to be there still, becomes the next boot's single try.
struct ArmStep {
    let step: Step
    let request: ArmRequest
    var record: HostRecord

    mutating func run() async throws -> VerbEnding<ArmAnswer> {
        let host = try await step.situation(record)
        switch ArmEntry(host, version: request.version) {
        case .refused(let refusal): throw StepStop.refused(refusal)
        case .armedAlready(let staged):
            try await step.engine.rest()
            return .answered(.staged(staged))
        case .doubted(let doubt): return try await giveUp(doubt)
        case .prove(let mark):
            if let doubt = try await PrefetchProof(step: step).doubt(mark) { return try await giveUp(doubt) }
            return .answered(.staged(try await arm(host, mark)))
        }
    }

    // MARK: In doubt

    /// Leaves the host as it was found, as nothing is known of the partition any more. An engine at work is somebody's,
    /// and is left to them.
    private mutating func giveUp(_ doubt: FoundDoubt) async throws -> VerbEnding<ArmAnswer> {
        guard doubt.doubt != .engineAtWork else { return Self.doubted(doubt, isGivenUp: false) }
        var undo = HostUndo(step: step, record: record, engineRest: request.engineRest)
        try await undo.run()
        record = undo.record
        guard undo.problems.isEmpty else {
            throw StepStop.failed(
                .hostFault,
                "\(doubt.message); and the host could not be put back: "
                    + undo.problems.joined(separator: "; "))
        }
        return Self.doubted(doubt, isGivenUp: true)
    }

    private static func doubted(_ doubt: FoundDoubt, isGivenUp: Bool) -> VerbEnding<ArmAnswer> {
        .answered(
            .doubted(PrefetchDoubted(doubt: doubt.doubt, message: doubt.message, isGivenUp: isGivenUp)))
    }

    // MARK: Proved

    private mutating func arm(_ host: HostSituation, _ mark: StagingMark) async throws -> StagedUpdate {
        guard let version = mark.version else { preconditionFailure("an entry without a version is refused") }
        try await begin(host)
        let table: PartitionTable
        do {
            try setConfiguration()
            table = try await setAttributes(host.table)
        } catch {
            try await takeBack()
            throw error
        }
        let contents = await step.contents(version, on: table)
        record.staging?.contents = contents
        record.staging?.prefetch = nil
        record.phase = .staged
        try await step.save(record)
        return StagedUpdate(
            version: version, evidence: mark.evidence, bootID: host.bootID, partitions: table,
            contents: contents)
    }

    /// Makes durable what is about to be done. update.conf is read anew: cloud-init may have written it since.
    private mutating func begin(_ host: HostSituation) async throws {
        let file = UpdateConfigurationFile(
            effects: step.effects, distribution: try step.reader.distribution())
        let now = try file.read()
        var original = record.original(
            now: HostOriginal(
                configurationPath: file.path, configuration: now, engine: host.engine, partitions: host.table)
        )
        if let written = try file.changed(now, group: request.group, server: request.server) {
            original.written = written
            step.say(StepProgress(message: "\(file.path) was changed since the download, and is set again"))
        }
        record.original = original
        record.staging?.bootID = host.bootID
        record.staging?.previousVersion = host.runningVersion
        record.staging?.previousEtcdVersion = request.etcdVersion
        record.deadManMinutes = nil
        record.phase = .staging
        try await step.save(record)
    }

    private func setConfiguration() throws {
        let file = UpdateConfigurationFile(
            effects: step.effects, distribution: try step.reader.distribution())
        guard let written = try file.changed(file.read(), group: request.group, server: request.server)
        else { return }
        try step.effects.files.replace(file.path, written)
    }

    private func setAttributes(_ table: PartitionTable) async throws -> PartitionTable {
        let wanted = table.armingOther
        for partition in [wanted.booted, wanted.other] {
            try await step.otherPartition.setAttributes(of: partition, on: table.disk)
        }
        let now = try await step.reader.partitionTable()
        guard now.isArmed, now.other.tries == 1, !now.other.successful, now.runsGoodPartition else {
            throw StepStop.failed(.notArmed, "\(now.other.device) is not armed once it was made so")
        }
        return now
    }

    /// Out of the boot order again, and as it was before it was to be armed.
    private mutating func takeBack() async throws {
        try await step.otherPartition.takeOutOfBootOrder(step.reader.partitionTable())
        record.phase = .prefetched
        try await step.save(record)
    }
}
