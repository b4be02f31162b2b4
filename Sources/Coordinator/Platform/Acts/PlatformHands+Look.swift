import RolloutModel
public import Rollouts

extension PlatformHands {
    /// The platform as a procedure needs it.
    ///
    /// - Parameters:
    ///   - keepsAddresses: while nothing publishes them, every look lets them last: a wait may be longer than they do.
    ///   - isBackedUp: whether the backup is there and whole.
    public func port(
        keepsAddresses: Bool, isBackedUp: @escaping @Sendable () async -> Bool
    ) -> PlatformPort {
        PlatformPort(
            look: { proofs, acceptsNoReturn in
                let facts = await reading.facts(for: proofs)
                if keepsAddresses, facts.isUnpublished { _ = await addresses.hold() }
                return await PlatformJudge(
                    facts, since: baseline, acceptsNoReturn: acceptsNoReturn, isBackedUp: isBackedUp()
                ).holds(proofs)
            }, perform: { await perform($0) })
    }
}
