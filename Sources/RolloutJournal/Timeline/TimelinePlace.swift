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
        switch state {
        case .planned, .finished: nil
        case .gating(let host): (host, .gates)
        case .staging(let host): (host, .staging)
        case .rechecking(let host, _): (host, .staged)
        case .evacuating(let host, _): (host, .draining)
        case .rebooting(let host, _): (host, .away)
        case .proving(let host, _): (host, .proving)
        case .committing(let host, _): (host, .committing)
        case .settling(let host): (host, .settling)
        case .readmitting(let hosts, _): hosts.first.map { ($0, .uncordoning) }
        case .retreating(let host, _, _): (host, .retreating)
        case .rollingBack(let host, _, _): (host, .goingBack)
        case .recovering(let host, _, _, _): (host, .recovering)
        case .abandoning(let abandonment): abandonment.waiting.first.map { ($0, .givingBack) }
        case .held(_, let then): place(then).map { ($0.0, .held) }
        }
    }
}
