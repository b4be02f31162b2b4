import AgentProtocol
import RolloutJournal
import RolloutModel

/// A decision that only a person can take.
public enum Question: Sendable {
    /// Begin a rollout?
    case begin(Preflight.Ready)
    /// Begin the upgrade of a platform?
    case beginPlatform(PlatformPlan)
    /// Abandon the upgrade of a platform? The upgrade's steps are undone. The platform stays as it is where
    /// `leftAfter` is a point of no return behind it; then `undone` are the steps that nobody does any more.
    case undoPlatform(RolloutID, leftAfter: StepID?, undone: [PlatformStep])
    /// Pass etcd's point of no return, or that of a platform's upgrade? The rollout is held meanwhile, and
    /// recorded as held.
    case passNoReturn(HoldReason)
    /// Go on to the version that the first host was offered? The rollout is held meanwhile, and recorded as
    /// held.
    case acceptOffer(HoldReason)
    /// Is a rollout's journal lost for good, so that the rollout is taken up from the hosts' reports?
    case journalLost(LostRollout, Plan)
    /// Roll a host back? The rollout is one that has not ended and is taken up for that; nil where none has the host, and
    /// one is begun. With `isUndrained`, the pods of its node end with the reboot.
    case rollBack(HostID, in: RolloutRecord?, isUndrained: Bool)
    /// Give back hosts of a rollout, or, where the rollout is nil, of a lost journal?
    case giveBack(RolloutID?, [HostID], [HostID: Observation<HostReport>])
    /// Free the cluster from a rollout whose turnstile is dead?
    case freeCluster(LockHolder)
    /// Set back tokens that counting cannot have reached?
    case resetTokens
    /// Is a host lost? The answer is the reason.
    case declareLost(HostID, EtcdLoss)
}

extension Question {
    /// The question that a hold stands for; nil where the hold is none.
    init?(_ reason: HoldReason) {
        if reason.isPointOfNoReturn {
            self = .passNoReturn(reason)
        } else if case .offer(.offerUnconfirmed) = reason {
            self = .acceptOffer(reason)
        } else {
            return nil
        }
    }
}

/// Answers questions: a person at a terminal, or a simulated operator.
public struct Decider: Sendable {
    /// Looks whether somebody can answer, before any host is asked. Throws where nobody can.
    public var requirePresence: @Sendable () throws -> Void
    /// Answers every question but that for a lost host.
    public var allows: @Sendable (Question) async throws -> Bool
    /// Asks for the reason why a host is lost; nil where it is not.
    public var lossReason: @Sendable (HostID, EtcdLoss) async throws -> String?

    public init(
        requirePresence: @escaping @Sendable () throws -> Void,
        allows: @escaping @Sendable (Question) async throws -> Bool,
        lossReason: @escaping @Sendable (HostID, EtcdLoss) async throws -> String?
    ) {
        self.requirePresence = requirePresence
        self.allows = allows
        self.lossReason = lossReason
    }
}
