/// A host that answers although a rollout declared it lost, and whose agent has that rollout on record still.
public struct WokenHost: Hashable, Sendable {
    public var host: HostID
    public var rollout: RolloutID
    /// The reason why a person declared it lost.
    public var why: String
    /// True if the rollout has ended: it is neither resumed nor abandoned any more.
    public var hasEnded: Bool
    /// True if the agent is held by that rollout. Nobody else may change the host before the rollout is unlocked.
    public var isHeld: Bool

    public init(host: HostID, rollout: RolloutID, why: String, hasEnded: Bool, isHeld: Bool) {
        self.host = host
        self.rollout = rollout
        self.why = why
        self.hasEnded = hasEnded
        self.isHeld = isHeld
    }

    public var reason: HoldReason { .person(.declaredLost(host: host, rollout: rollout, why: why)) }

    /// The relation of the rollout to the host, for the command that leads on.
    public var standing: WayOn.Standing { isHeld ? .lost : .freed }
}

extension [HoldReason] {
    /// The same with the hosts that woke up as the reason. Gates see only that an agent has another rollout, and advise to
    /// finish that; of a host that was declared lost this leads nowhere.
    public func naming(_ woken: [WokenHost]) -> [HoldReason] {
        let rest = filter { reason in !woken.contains { $0.isBehind(reason) } }
        return woken.filter { contains(where: $0.isBehind) }.map(\.reason) + rest
    }

    /// The same with every host that woke up, also one that no gate minds.
    public func telling(of woken: [WokenHost]) -> [HoldReason] {
        let named = naming(woken)
        return woken.map(\.reason).filter { !named.contains($0) } + named
    }
}

extension WokenHost {
    fileprivate func isBehind(_ reason: HoldReason) -> Bool {
        switch reason {
        case .host(.claimedByAnother(host, rollout)), .host(.hostUncommitted(host)),
            .host(.updateAlreadyPending(host)):
            true
        // A rollout that has not ended has the cluster, too.
        case .lock(.lockHeld(let holder)): hasEnded && holder.rollout == rollout
        default: false
        }
    }
}
