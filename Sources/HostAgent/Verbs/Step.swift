import AgentProtocol
import HostFiles
import Logging

/// The means of every verb: the host, and the time it has.
struct Step: Sendable {
    var effects: HostEffects
    var logger: Logger
    /// On the clock of `effects.now`.
    var end: Duration
    /// The key of the goal worked at; nil for a verb that changes nothing.
    var goal: String?

    var reader: HostReader { HostReader(effects: effects) }
    var engine: EngineControl { EngineControl(effects: effects) }
    var journal: EngineJournal { EngineJournal(effects: effects) }
    var otherPartition: OtherPartition { OtherPartition(effects: effects) }
    var store: RecordStore { RecordStore(effects: effects) }

    var remaining: Duration { max(.zero, end - effects.now()) }

    /// - Throws: `StepStop` once the time is up, a signal asked the agent to stop, or another goal was taken.
    func check(doing: String) throws(StepStop) {
        guard !effects.isInterrupted() else {
            throw .failed(.cutShort, "a signal stopped turnstile-agent while it was \(doing)")
        }
        guard remaining > .zero else {
            throw .failed(.deadlinePassed, "the time allowed was over while \(doing)")
        }
        if let goal, let last = (try? store.load())?.goal, last.key != goal {
            throw .failed(
                .cutShort,
                "`\(last.request.verb.rawValue)` was asked for by rollout "
                    + "\(last.request.authority.rollout.debugDescription) while the host was \(doing)")
        }
    }

    func say(_ progress: StepProgress) { effects.say(.progress(progress)) }

    /// True if update-engine runs, or if systemd cannot tell now; the caller asks again.
    func engineRuns() async -> Bool {
        do {
            return try await engine.state().isActive
        } catch {
            logger.warning("systemd gave no state", metadata: ["reason": "\(error)"])
            return true
        }
    }

    func save(_ record: HostRecord) async throws { try await store.save(record) }

    func situation(_ record: HostRecord) async throws -> HostSituation {
        let units = try await reader.watchedUnits()
        return HostSituation(
            record: record, bootID: try reader.bootID(), runningVersion: try reader.runningVersion(),
            table: try await reader.partitionTable(), isUpdatePending: try reader.isUpdatePending(),
            engine: EngineUnit(try reader.state(of: EngineControl.unit, in: units)),
            hazards: try await reader.hazards(under: record, in: units))
    }
}
