/// The lock of a cluster: one rollout at a time may upgrade it, whoever runs it and wherever. The value is kept where
/// all can reach it, and changes only by compare-and-swap.
public struct ClusterLock: Codable, Hashable, Sendable {
    /// The highest token that was ever given out. Tokens only grow, so the value outlives its holder.
    public var lastToken: Token
    public var holder: LockHolder?
    /// How far the journal of the last holder had come when it took the cluster, or left it held; nil where that was not told.
    /// No part of the holder: holders are compared, and are the same whatever they have journalled since.
    public var journal: JournalEnd?

    /// The key of the lock in etcd, in the v2 store and in the v3 store.
    public static let key = "/turnstile/lock"

    public init(lastToken: Token = 0, holder: LockHolder? = nil, journal: JournalEnd? = nil) {
        self.lastToken = lastToken
        self.holder = holder
        self.journal = journal
    }

    /// The outcome of an attempt to take the lock.
    public enum Taking: Hashable, Sendable {
        /// The value to write by compare-and-swap, and the token that is ours once it is written.
        case taken(ClusterLock, token: Token)
        case held(by: LockHolder)
        /// No valid token is left above the last one.
        case spent(lastToken: Token)
    }

    /// Taken for a rollout, unless another has it. The rollout that has it takes it again, under a higher token: it was
    /// resumed, and who held it before is fenced off.
    ///
    /// - Parameters:
    ///   - claimant: its token is not looked at.
    ///   - seen: the highest token that any host has seen.
    ///   - journal: the end of the claimant's, under whichever token; nil where it has none yet.
    public func taken(
        by claimant: LockHolder, above seen: Token, journal: JournalEnd? = nil
    ) -> Taking {
        if let holder, holder.rollout != claimant.rollout { return .held(by: holder) }
        let last = max(lastToken, seen)
        guard let token = last.next else { return .spent(lastToken: last) }
        var holder = claimant
        holder.token = token
        var end = journal
        end?.token = token
        return .taken(ClusterLock(lastToken: token, holder: holder, journal: end), token: token)
    }

    /// Given back by who holds it; nil where that is another, or the same rollout under another token.
    public func released(by rollout: RolloutID, token: Token) -> ClusterLock? {
        guard let holder, holder.rollout == rollout, holder.token == token else { return nil }
        return ClusterLock(lastToken: lastToken, holder: nil, journal: journal)
    }

    /// With a later end of its holder's journal; nil where another holds it, or it is known already.
    public func noting(_ end: JournalEnd) -> ClusterLock? {
        guard let holder, holder.rollout == end.rollout, holder.token == end.token, journal != end else {
            return nil
        }
        return ClusterLock(lastToken: lastToken, holder: holder, journal: end)
    }

    /// Taken from a holder that a person says is dead, by its exact id; nil where another holds it, or nobody.
    ///
    /// - Parameter token: was given to the hosts to fence the holder off; no later one may be lower.
    public func unlocked(naming rollout: RolloutID, below token: Token) -> ClusterLock? {
        guard holder?.rollout == rollout else { return nil }
        return ClusterLock(lastToken: max(lastToken, token), holder: nil, journal: journal)
    }
}
