import AgentProtocol
import Logging

/// What every verb works with: the host, its record, and the time it has.
struct Step: Sendable {
    var effects: HostEffects
    var logger: Logger
    /// On the clock of `effects.now`.
    var end: Duration

    var reader: HostReader { HostReader(effects: effects) }
    var engine: EngineControl { EngineControl(effects: effects) }
    var journal: EngineJournal { EngineJournal(effects: effects) }
    var otherPartition: OtherPartition { OtherPartition(effects: effects) }
    var store: RecordStore { RecordStore(files: effects.files) }

    var remaining: Duration { max(.zero, end - effects.now()) }

    /// - Throws: `StepStop` once the time is up or a signal asked the agent to stop.
    func check(doing: String) throws(StepStop) {
        guard !effects.isInterrupted() else {
            throw .failed(.hostFault, "a signal stopped turnstile-agent while it was \(doing)")
        }
        guard remaining > .zero else {
            throw .failed(.deadlinePassed, "the time allowed was over while \(doing)")
        }
    }

    func say(_ progress: StepProgress) { effects.say(.progress(progress)) }

    func situation(_ record: HostRecord) async throws(HostFault) -> HostSituation {
        HostSituation(
            record: record, bootID: try reader.bootID(), runningVersion: try reader.runningVersion(),
            table: try await reader.partitionTable(), isUpdatePending: try reader.isUpdatePending(),
            engine: EngineUnit(try await engine.state()))
    }
}
