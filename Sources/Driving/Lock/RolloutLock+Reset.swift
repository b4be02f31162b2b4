import AgentProtocol
import RolloutModel

extension RolloutLock {
    /// What setting tokens back came to.
    public struct TokenReset: Hashable, Sendable {
        /// Whose record was set right.
        public var hosts: [HostID] = []
        /// Their tokens are ones to which counting may have led.
        public var sound: [HostID] = []
        public var missing: [Missing] = []
        /// The store's last token was set back, too.
        public var isStoreSet = false
        /// Why the store is as it was, where it could not be read or written.
        public var storeWhy: String?
    }

    /// Sets tokens back to which counting cannot have led, on a person's word that no turnstile works on this cluster: in the
    /// store, and at every agent that has seen one.
    ///
    /// What has such a token goes on from the highest that was counted; whoever had that host has it no more. Each agent
    /// judges its own record: one that is sound stays as it is.
    public func resetTokens() async -> TokenReset {
        var reset = TokenReset()
        var seen = SeenTokens(ours: 0)
        var kept: ClusterLock?
        do throws(LockFault) {
            kept = try await store?.read().lock
        } catch {
            reset.storeWhy = error.why
        }
        if let kept { seen.add(kept.lastToken, of: ClusterLock.key) }
        await claims().add(to: &seen)
        let token = ClusterLock.token(after: seen.highestCounted()) ?? 1
        await resetAgents(to: token, &reset)
        if let kept, Authority.isLeap(from: token, to: kept.lastToken) {
            await resetStore(to: token, &reset)
        }
        return reset
    }

    private func resetAgents(to token: UInt64, _ reset: inout TokenReset) async {
        let request = ReleaseRequest(
            authority: Authority(rollout: "reset-tokens", token: token), resetsTokens: true)
        let answers = await access.gather(hosts) { host throws(HostFault) in
            try await access.release(host, request)
        }
        for host in hosts {
            switch answers[host] ?? .unknown("not asked") {
            case .seen(.released): reset.hosts.append(host)
            case .seen(.refused(let refusal)) where refusal.reason == .phaseUnsuitable:
                reset.sound.append(host)
            case .seen(let message): reset.missing.append(Missing(host: host, why: message.complaint))
            case .unknown(let why): reset.missing.append(Missing(host: host, why: why))
            }
        }
    }

    private func resetStore(to token: UInt64, _ reset: inout TokenReset) async {
        do throws(LockFault) {
            reset.isStoreSet =
                try await store?.change { lock in
                    Authority.isLeap(from: token, to: lock.lastToken)
                        ? (ClusterLock(lastToken: token), true) : (nil, false)
                } ?? false
        } catch {
            reset.storeWhy = error.why
        }
    }
}
