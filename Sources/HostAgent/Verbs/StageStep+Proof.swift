import AgentProtocol
import HostFiles
import Logging

extension StageStep {
    /// The engine calls an update applied: what it is, and whether the next boot takes it.
    mutating func proveApplied() async throws -> Outcome {
        let table = isAhead ? try await takeOut() : try await step.reader.partitionTable()
        let evidence = try await gatherEvidence(table, since: record.staging?.journaldCursor)
        let running = try step.reader.runningVersion()
        let group = try step.reader.updateSettings().group.value
        switch evidence.judged(target: request.target, running: running, group: group) {
        case .proved(let version, let kinds):
            return .staged(
                isAhead
                    ? try await declarePrefetched(version, kinds) : try await declareStaged(version, kinds))
        case .unwanted(let offered, let objection):
            tellWhereItRuns(offered, running)
            return .notStaged(objection)
        case .doubtful(let failure):
            return .notStaged(.failed(failure))
        }
    }

    /// How it stands with an offered version; nil for one that may be had.
    func objection(to offered: String) throws -> VerbEnding<StageAnswer>? {
        let running = try step.reader.runningVersion()
        let group = try step.reader.updateSettings().group.value
        tellWhereItRuns(offered, running)
        return OfferRule.objection(to: offered, target: request.target, running: running, group: group)
    }

    private func tellWhereItRuns(_ offered: String, _ running: String) {
        guard offered == running else { return }
        step.say(
            StepProgress(message: "the server offers \(offered), which runs already: taken for no update"))
    }

    func nothingOffered() throws -> NothingOffered {
        NothingOffered(
            runningVersion: try step.reader.runningVersion(),
            group: try step.reader.updateSettings().group.value)
    }

    mutating func noteContents(
        _ version: String, on table: PartitionTable
    ) async throws -> PartitionContents {
        let contents = await step.contents(version, on: table)
        record.staging?.contents = contents
        try await step.save(record)
        return contents
    }

    /// - Parameter cursor: where the engine's log of this update begins; nil for that of the whole boot.
    func gatherEvidence(_ table: PartitionTable, since cursor: String?) async throws -> StagedEvidence {
        var versions: [VersionEvidence: String] = [:]
        if try await step.engine.state().isActive {
            versions[.engineStatus] = try await step.engine.status().newVersion
        }
        versions[.engineJournal] = try await step.journal.digest(since: cursor).offered
        do {
            versions[.partition] = try await step.otherPartition.version(on: table.other.device)
        } catch {
            // Not every partition can be mounted by its host; then the engine's word has to do.
            step.logger.notice("the other partition could not be read", metadata: ["reason": "\(error)"])
        }
        return StagedEvidence(table: table, versions: versions)
    }
}
