extension HostUpgrade {
    /// The directives on entering the present stage.
    func directives(_ facts: RolloutFacts) -> [RolloutMachine.Directive] {
        switch stage {
        case .precheck: [.askGates(.beforeStage, host)]
        case .staging:
            [
                .record(.stage(host: host, target: facts.target)),
                .stage(host, target: facts.target, acceptsRevert: facts.revertsAccepted.contains(host)),
            ]
        case .rebootCheck: [.askGates(.beforeReboot, host)]
        case .draining: [.record(.evacuate(host: host)), .evacuate(host)]
        case .rebooting(let staged):
            [
                // Durable before the host hears of it: a crash in between must find the host in the journal.
                .record(.reboot(host: host, boot: staged.boot, version: staged.version)),
                .reboot(host, staged), .awaitReturn(host, staged),
            ]
        case .healthCheck: [.askGates(.beforeCommit, host)]
        case .committing(let returned):
            [
                .record(.commit(host: host, boot: returned.boot, version: returned.version)),
                .commit(host, returned),
            ]
        case .soak: [.askGates(.afterCommit, host)]
        }
    }

    /// The directives of the present stage after a restart.
    func outstanding(_ facts: RolloutFacts) -> [RolloutMachine.Directive] {
        switch stage {
        case .staging: [.askGates(.beforeStage, host)]
        case .draining: [.askGates(.beforeReboot, host)]
        case .committing: [.askGates(.beforeCommit, host)]
        case .rebooting(let staged): [.awaitReturn(host, staged)]
        case .precheck, .rebootCheck, .healthCheck, .soak: directives(facts)
        }
    }
}
