import RolloutModel
public import Rollouts

extension PlatformHands {
    /// Makes the platform's port, as a procedure needs it.
    ///
    /// - Parameters:
    ///   - keepsAddresses: true if every look lets addresses last while nothing publishes them. A wait may
    ///     be longer than they last.
    ///   - isBackedUp: true if the backup is there and whole.
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
