import AgentProtocol
import RolloutJournal
import RolloutModel

/// A decision that only a person can take.
public enum Question: Sendable {
    /// Whether to begin a rollout.
    case begin(Preflight.Ready)
    /// Whether to pass etcd's point of no return. The rollout is held meanwhile, and recorded as such.
    case passNoReturn(HoldReason)
    /// Whether a rollout's journal is lost for good, so that it is taken up from what the hosts tell.
    case journalLost(LostRollout, Plan)
    /// Whether to roll a host back; `isUndrained` where its node's pods end with the reboot.
    case rollBack(HostID, isUndrained: Bool)
    /// Whether to give hosts back: those of a rollout, or, where that is nil, without a journal.
    case giveBack(RolloutID?, [HostID], [HostID: Observation<HostReport>])
    /// Whether to free the cluster from a rollout whose turnstile is dead.
    case freeCluster(LockHolder)
    /// Whether to set tokens back to which counting cannot have led.
    case resetTokens
    /// Whether a host is lost. The answer names the reason.
    case declareLost(HostID, EtcdLoss)
}

/// Answers questions: a person at a terminal, or one who is simulated.
public struct Decider: Sendable {
    /// Answers every question but that for a lost host.
    public var allows: @Sendable (Question) async throws -> Bool
    /// Why a host is lost; nil where it is not.
    public var lossReason: @Sendable (HostID, EtcdLoss) async throws -> String?

    public init(
        allows: @escaping @Sendable (Question) async throws -> Bool,
        lossReason: @escaping @Sendable (HostID, EtcdLoss) async throws -> String?
    ) {
        self.allows = allows
        self.lossReason = lossReason
    }
}
