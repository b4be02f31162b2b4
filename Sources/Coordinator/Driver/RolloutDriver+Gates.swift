import RolloutModel

extension RolloutDriver {
    /// Looks until all gates are open, or the deadline passes. `since`: evidence from before then counts for nothing.
    func askGates(_ checkpoint: Checkpoint, of host: HostID, since horizon: Moment)
        async throws(CancellationError)
        -> RolloutMachine.Event
    {
        let gates = Gates(plan: plan, settings: settings)
        let began = clock.now()
        let deadline = began + (checkpoint == .beforeCommit ? timeouts.rejoin : timeouts.gate)
        while true {
            if hold.isAsked, checkpoint == .beforeStage { return .holdRequested }
            let latest = await observatory.observe(concerning: host)
            let verdict = gates.verdict(
                checkpoint, of: host, history: await observatory.history(since: horizon))
            switch verdict {
            case .proceed:
                guard let running = latest.hosts[host]?.value?.version else { continue }
                return .gatesOpened(running: running)
            case .hold(let reasons):
                let isFinal = reasons.contains(where: \.isTerminal)
                guard clock.now() < deadline, !isFinal else { return .gatesHeld(reasons: reasons) }
                notify(
                    .waiting(
                        .init(
                            host: host, reasons: reasons, what: checkpoint.title, since: began,
                            deadline: deadline)))
            }
            try await clock.sleep(interval)
        }
    }
}

extension Checkpoint {
    /// What is being waited for at it, in a few words.
    var title: String {
        switch self {
        case .beforeStage: "for the gates to open"
        case .beforeReboot: "for the gates to open once more"
        case .beforeCommit: "for the host to be whole again"
        case .afterCommit: "for the cluster to settle"
        }
    }
}
