import AgentProtocol
import RolloutModel

extension RolloutDriver {
    /// Waits for the gates, then for the operator's hooks, and says how they decided.
    func askGates(
        _ checkpoint: Checkpoint, of host: HostID, in machine: RolloutMachine, since horizon: Moment
    ) async throws(CancellationError) -> RolloutMachine.Event {
        let deadline = clock.now() + seconds(for: checkpoint)
        let answer = try await watchGates(checkpoint, of: host, in: machine, since: horizon, until: deadline)
        let due = Hook.due(at: checkpoint, of: host, in: plan).filter(hooks.set.contains)
        guard case .gatesOpened = answer, !due.isEmpty else { return answer }
        for hook in due {
            let call = HookCall(
                hook: hook, rollout: plan.rollout, host: host, checkpoint: checkpoint, target: machine.target)
            let reasons = try await ask(call, of: host, until: deadline)
            guard reasons.isEmpty else { return .gatesHeld(reasons: reasons) }
        }
        // Hooks take their time, and may change the cluster: what the gates saw before is not what counts.
        let hooksDone = clock.now()
        return try await watchGates(
            checkpoint, of: host, in: machine, since: max(horizon, hooksDone),
            until: hooksDone + seconds(for: checkpoint))
    }

    private func watchGates(
        _ checkpoint: Checkpoint, of host: HostID, in machine: RolloutMachine, since horizon: Moment,
        until deadline: Moment
    ) async throws(CancellationError) -> RolloutMachine.Event {
        let isBetweenHosts = checkpoint == .beforeStage
        let answer = try await watch.ask(
            checkpoint, of: host, in: machine, under: authority.token, since: horizon,
            seconds: deadline - clock.now(),
            unless: { isBetweenHosts && hold.isAsked },
            waiting: { notify(.waiting($0)) })
        return switch answer {
        case .open(let running): .gatesOpened(running: running)
        case .shut(let reasons): .gatesHeld(reasons: reasons)
        case .interrupted: .holdRequested
        }
    }

    /// Asks a hook until it lets through, fails, or the time is up.
    private func ask(
        _ call: HookCall, of host: HostID, until deadline: Moment
    ) async throws(CancellationError) -> [HoldReason] {
        let since = clock.now()
        while true {
            switch await hooks.run(call) {
            case .proceed: return []
            case .failed(let why, let output): return [.hookFailed(call.hook, why: why, output: output)]
            case .hold(let output):
                let reason = HoldReason.hookHolds(call.hook, output: output)
                guard clock.now() + Self.secondsBetweenHooks < deadline else { return [reason] }
                notify(
                    .waiting(
                        .init(
                            host: host, reasons: [reason], what: "for your hook", since: since,
                            deadline: deadline)))
                try await clock.sleep(Self.secondsBetweenHooks)
            }
            guard !Task.isCancelled else { throw CancellationError() }
        }
    }

    private static var secondsBetweenHooks: Double { 5 }

    private func seconds(for checkpoint: Checkpoint) -> Double {
        switch checkpoint {
        case .beforeStage, .beforeReboot, .afterCommit, .beforeRollback: timeouts.gate
        case .beforeCommit, .afterRollback: timeouts.rejoin
        }
    }
}
