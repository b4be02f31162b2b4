import RolloutModel

/// The host that a rollout is at, and what is done with it.
struct TimelinePlace: Hashable {
    var host: HostID
    var kind: RolloutTimeline.Phase.Kind
    /// The host was told to reboot, and is not proved whole since.
    var isOut: Bool

    /// nil where no host's turn has come, or all are over.
    init?(_ state: RolloutMachine.State) {
        guard let (host, kind) = Self.place(state) else { return nil }
        self.host = host
        self.kind = kind
        isOut = state.hostOut == host
    }

    private static func place(
        _ state: RolloutMachine.State
    ) -> (HostID, RolloutTimeline.Phase.Kind)? {
        guard let host = state.work.host, let kind = kind(of: state.work) else { return nil }
        return (host, state.held == nil ? kind : .held)
    }

    private static func kind(of work: Work) -> RolloutTimeline.Phase.Kind? {
        switch work {
        case .planned, .platform, .hold, .finished: nil
        case .upgrade(let upgrade): kind(of: upgrade.stage)
        case .rollback(let rollback): kind(of: rollback.stage)
        case .giveBack: .givingBack
        case .uncordon: .uncordoning
        }
    }

    private static func kind(of stage: HostUpgrade.Stage) -> RolloutTimeline.Phase.Kind {
        switch stage {
        case .precheck: .gates
        case .staging: .staging
        case .rebootCheck: .staged
        case .draining: .draining
        case .rebooting: .away
        case .healthCheck: .proving
        case .committing: .committing
        case .soak: .settling
        }
    }

    private static func kind(of stage: HostRollback.Stage) -> RolloutTimeline.Phase.Kind {
        switch stage {
        case .precheck: .retreating
        case .rebooting: .goingBack
        case .healthCheck: .recovering
        }
    }
}
