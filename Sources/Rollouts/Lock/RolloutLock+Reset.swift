import AgentProtocol
import RolloutModel

extension RolloutLock {
    /// The outcome of setting tokens back.
    public struct TokenReset: Hashable, Sendable {
        /// The hosts whose agents set their record right.
        public var hosts: [HostID] = []
        /// The hosts whose tokens counting can have reached, and which stay as they are.
        public var sound: [HostID] = []
        public var missing: [Missing] = []
        /// True if the store's last token was set back, too.
        public var isStoreSet = false
        /// Why the store could not be read or written; nil if it could.
        public var storeWhy: String?
    }

    /// Sets back tokens that counting cannot have reached, in the store and at every agent that has seen one. A person
    /// must have said that no turnstile works on this cluster.
    ///
    /// A record with such a token takes the highest token that was counted, and loses its holder. Agents judge their
    /// own records; a sound record stays as it is.
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
        let token = seen.highestCounted().next ?? 1
        await resetAgents(to: token, &reset)
        if let kept, kept.lastToken.isLeap(from: token) {
            await resetStore(to: token, &reset)
        }
        return reset
    }

    private func resetAgents(to token: Token, _ reset: inout TokenReset) async {
        let request = ReleaseRequest(
            authority: Authority(rollout: "reset-tokens", token: token), supersedes: nil, resetsTokens: true)
        let answers = await access.gather(hosts) { host throws(HostFault) in
            try await access.release(host, request)
        }
        for host in hosts {
            switch answers[host] ?? .unknown("not asked") {
            case .seen(.answered): reset.hosts.append(host)
            case .seen(.refused(let refusal)) where refusal.reason == .phaseUnsuitable:
                reset.sound.append(host)
            case .seen(.refused(let refusal)):
                reset.missing.append(Missing(host: host, why: refusal.message))
            case .seen(.failed(let failure)):
                reset.missing.append(Missing(host: host, why: failure.message))
            case .unknown(let why): reset.missing.append(Missing(host: host, why: why))
            }
        }
    }

    private func resetStore(to token: Token, _ reset: inout TokenReset) async {
        do throws(LockFault) {
            reset.isStoreSet =
                try await store?.change { lock in
                    lock.lastToken.isLeap(from: token)
                        ? (ClusterLock(lastToken: token), true) : (nil, false)
                } ?? false
        } catch {
            reset.storeWhy = error.why
        }
    }
}
