import AgentProtocol
import RolloutModel

extension RolloutLock {
    /// The outcome of unlocking.
    public enum Unlocking: Hashable, Sendable {
        /// `missing` lists the hosts that are still held, and why.
        case unlocked(missing: [Missing])
        /// Another rollout has the lock, or nobody has it.
        case notHeld(by: LockHolder?)
        case failed(why: String)
    }

    /// The holder that `unlock` would free the cluster from: the rollout named, where it holds the store, any agent, or
    /// locksmith's semaphore, which tells only the rollout's id.
    ///
    /// - Throws: `LockFault` where the store could not be asked.
    public func holder(named rollout: RolloutID) async throws(LockFault) -> LockHolder? {
        if let holder = try await store?.read().lock.holder, holder.rollout == rollout { return holder }
        if let holder = await claims().holders.map(\.holder).first(where: { $0.rollout == rollout }) {
            return holder
        }
        guard await hasSemaphore(rollout) else { return nil }
        return LockHolder(
            rollout: rollout, token: 0, operatorName: "nobody that is known; locksmith's semaphore alone",
            since: "not known")
    }

    /// Frees the cluster from a holder that a person says is dead, by its exact id.
    ///
    /// Agents release the rollout under a higher token, so requests of a holder that is alive after all are refused
    /// from then on. A host that is away stays held; another `unlock` frees it.
    public func unlock(naming rollout: RolloutID) async -> Unlocking {
        do throws(LockFault) {
            let kept = try await store?.read().lock
            let claims = await claims()
            let named = claims.holders.contains { $0.holder.rollout == rollout }
            let hasSemaphore = await hasSemaphore(rollout)
            guard kept?.holder?.rollout == rollout || named || hasSemaphore else {
                return .notHeld(by: try await holder())
            }
            var seen = SeenTokens(ours: 0)
            claims.add(to: &seen)
            if let kept { seen.add(kept.lastToken, of: "the cluster's etcd, under \(ClusterLock.key),") }
            let token: Token
            do throws(SeenTokens.Doubt) {
                let highest = try seen.highest()
                guard let next = highest.next else {
                    return .failed(why: Self.spent(highest))
                }
                token = next
            } catch {
                return .failed(why: error.why)
            }
            let missing = await fence(rollout, token: token)
            try await store?.change { lock in (lock.unlocked(naming: rollout, below: token), ()) }
            // The fenced holder cannot take the semaphore again, so its slots can be released.
            if hasSemaphore { try await semaphores?.change { $0.released(by: rollout) } }
            return .unlocked(missing: missing)
        } catch {
            return .failed(why: error.why)
        }
    }

    private func fence(
        _ rollout: RolloutID, token: Token
    ) async -> [Missing] {
        let authority = Authority(rollout: "unlock-\(rollout)", token: token)
        let request = ReleaseRequest(authority: authority, supersedes: rollout.rawValue, resetsTokens: nil)
        let answers = await access.gather(hosts) { host throws(HostFault) in
            try await access.release(host, request)
        }
        return hosts.compactMap { host in
            switch answers[host] ?? .unknown("not asked") {
            case .seen(.answered): nil
            case .seen(.refused(let refusal)): Missing(host: host, why: refusal.message)
            case .seen(.failed(let failure)): Missing(host: host, why: failure.message)
            case .unknown(let why): Missing(host: host, why: why)
            }
        }
    }
}
