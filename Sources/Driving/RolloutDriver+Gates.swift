import AgentProtocol
import RolloutModel

extension RolloutDriver {
    /// Waits for the gates, and says how they decided.
    func askGates(
        _ checkpoint: Checkpoint, of host: HostID, in machine: RolloutMachine, since horizon: Moment
    ) async throws(CancellationError) -> RolloutMachine.Event {
        let isBetweenHosts = checkpoint == .beforeStage
        let answer = try await watch.ask(
            checkpoint, of: host, in: machine, under: authority.token, since: horizon,
            seconds: seconds(for: checkpoint),
            unless: { isBetweenHosts && hold.isAsked },
            waiting: { notify(.waiting($0)) })
        return switch answer {
        case .open(let running): .gatesOpened(running: running)
        case .shut(let reasons): .gatesHeld(reasons: reasons)
        case .interrupted: .holdRequested
        }
    }

    private func seconds(for checkpoint: Checkpoint) -> Double {
        switch checkpoint {
        case .beforeStage, .beforeReboot, .afterCommit, .beforeRollback: timeouts.gate
        case .beforeCommit, .afterRollback: timeouts.rejoin
        }
    }
}
