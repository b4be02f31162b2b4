/// The rollout of a stage, as its journal tells it.
public enum StageSight: Hashable, Sendable {
    /// No journal is there: the rollout never began.
    case unbegun
    case underWay
    /// - Parameter isReleased: true if the journal shows that the cluster was let go.
    case ended(StageEnd, isReleased: Bool)

    /// - Parameter machine: nil where there is no journal.
    public init(_ machine: RolloutMachine?) {
        guard let machine else {
            self = .unbegun
            return
        }
        self =
            StageEnd(machine).map { .ended($0, isReleased: machine.tenure.isReleased) } ?? .underWay
    }
}

/// The end of a stage's rollout, as the stages after it need it.
public enum StageEnd: Codable, Hashable, Sendable {
    /// Every host, or every step of the platform's, was proved.
    case whole
    /// Hosts were lost, or have no result.
    case without([HostID])
    case nothingOffered
    /// Hosts, or the platform, are as they were.
    case undone
    /// The platform was left after its point of no return.
    case left(after: StepID)
    case rolledBack

    /// - Returns: nil for a rollout that has not ended.
    public init?(_ machine: RolloutMachine) {
        switch machine.outcome {
        case nil: return nil
        case .upgraded:
            let missing = machine.plan.hosts.map(\.id).filter { machine.results[$0]?.isOnTarget != true }
            self = missing.isEmpty ? .whole : .without(missing)
        case .platformUpgraded: self = .whole
        case .nothingOffered: self = .nothingOffered
        case .abandoned, .platformRestored: self = .undone
        case .platformLeft(let after): self = .left(after: after)
        case .rolledBack: self = .rolledBack
        case .hostLost: self = .without(machine.plan.hosts.map(\.id))
        }
    }
}

extension RolloutMachine.Result {
    /// True if the host was proved to run the target.
    fileprivate var isOnTarget: Bool {
        switch self {
        case .upgraded, .alreadyThere: true
        case .unchanged, .rolledBack, .lost: false
        }
    }
}
