import AgentProtocol
import RolloutModel

/// The lock that allows one rollout for each cluster, across operators and machines. The store of locks keeps the lock,
/// if there is one, and so does every agent. The lock also keeps hosts from rebooting themselves if locksmith is used.
///
/// Without a store the agents alone keep the lock: a majority of the hosts must accept the token, and two majorities
/// have a host in common. All calls may be repeated.
public struct RolloutLock: Sendable {
    let hosts: [HostID]
    let access: HostAccess
    let store: LockStore?
    let semaphores: SemaphoreStore?

    /// - Parameters:
    ///   - store: nil where agents alone carry the lock.
    ///   - semaphores: locksmith's; nil where they are not to be taken.
    public init(
        hosts: [HostID], access: HostAccess, store: LockStore?, semaphores: SemaphoreStore? = nil
    ) {
        self.hosts = hosts
        self.access = access
        self.store = store
        self.semaphores = semaphores
    }

    /// The outcome of taking the lock.
    public enum Taking: Hashable, Sendable {
        /// `missing` lists the hosts whose agents have not accepted the token, and why.
        case taken(token: Token, missing: [Missing])
        case held(by: LockHolder)
        /// No holder was seen, but the lock could not be taken.
        case failed(why: String)
    }

    /// A host that could not be asked, or refused.
    public struct Missing: Hashable, Sendable, CustomStringConvertible {
        public var host: HostID
        public var why: String

        public init(host: HostID, why: String) {
            self.host = host
            self.why = why
        }

        public var description: String { "'\(host)': \(why)" }
    }

    /// Takes the cluster lock for a rollout, or takes it again under a higher token. A lock that was taken only in part
    /// is released, unless the rollout had it before.
    ///
    /// A rollout that most agents already accept can go on with the agents alone where the store cannot be asked. A
    /// cluster whose etcd lost its quorum because one host is out can be repaired only in this way.
    ///
    /// - Parameters:
    ///   - claimant: the holder; its token is ignored.
    ///   - seen: the highest token seen elsewhere; the tokens of the agents are read here.
    ///   - journal: the end of the rollout's journal, for the store and the agents to keep; nil where there is no
    ///     journal yet.
    public func take(
        for claimant: LockHolder, above seen: Token, journal: JournalEnd? = nil
    ) async -> Taking {
        let before = await claims()
        let isTheirs = before.byMajority(of: hosts).value??.rollout == claimant.rollout
        var had = store == nil && before.mayBeMostly(of: claimant.rollout, hosts: hosts)
        var tokens = SeenTokens(ours: seen)
        before.add(to: &tokens)
        var given: Token = 0
        var vain = Taking.failed(
            why: "some host had seen a higher token each of \(Self.attemptsMax) times")
        for attempt in 1...Self.attemptsMax {
            let kept = await takeStore(for: claimant, journal, above: tokens, isTheirs: isTheirs)
            guard case .taken(let token, _) = kept.taking else {
                vain = kept.taking
                break
            }
            // Only the first attempt sees whether the rollout had the lock before; later ones see their own writes.
            if attempt == 1, kept.wasOurs { had = true }
            given = token
            var holder = claimant
            holder.token = token
            let answers = await claim(holder, journal: journal)
            tokens.ours = max(tokens.ours, token)
            answers.claims.add(to: &tokens)
            // An agent with a damaged record would refuse the next token, too.
            if answers.isOutdated, answers.claims.isAnyRead { continue }
            let taking = answers.taking(holder, hosts: hosts, needsAll: kept.isKept)
            if case .taken = taking { return taking }
            vain = taking
            break
        }
        if !had, given > 0 { await release(claimant.rollout, token: given) }
        return vain
    }

    /// The number of attempts to take the lock. The token of an attempt is above all tokens that the attempt before
    /// met.
    private static let attemptsMax = 3

    /// Releases the cluster lock, if the rollout holds it under this token.
    ///
    /// - Parameter journal: the end of the rollout's journal, for the agents to keep; nil where there is no journal.
    /// - Returns: the parts of the lock that are held still, and why. A later rollout names them.
    @discardableResult
    public func release(
        _ rollout: RolloutID, token: Token, journal: JournalEnd? = nil
    ) async -> [String] {
        // The store comes last: as long as it names the holder, nobody else gets in between, and a repeated call knows
        // the rollout.
        let slots = await releaseSemaphores(of: rollout, under: token)
        let request = ReleaseRequest(
            authority: Authority(
                rollout: rollout.rawValue, token: token, journal: journal?.head), supersedes: nil,
            resetsTokens: nil)
        let answers = await access.gather(hosts) { host throws(HostFault) in
            try await access.release(host, request)
        }
        let missing =
            slots
            + hosts.compactMap { host -> String? in
                switch answers[host] ?? .unknown("not asked") {
                case .unknown(let why): Missing(host: host, why: why).description
                // An agent refuses where another rollout, or a later token, has the host: that claim is not ours to
                // release.
                case .seen: nil
                }
            }
        guard let store else { return missing }
        do throws(LockFault) {
            try await store.change { lock in (lock.released(by: rollout, token: token), ()) }
            return missing
        } catch {
            return missing + ["the cluster's etcd: \(error.why)"]
        }
    }

    /// The holder of the cluster lock, by the store, or else by any agent.
    ///
    /// - Throws: `LockFault` where the store could not be asked.
    public func holder() async throws(LockFault) -> LockHolder? {
        if let store, let holder = try await store.read().lock.holder { return holder }
        let claims = await claims()
        return claims.byMajority(of: hosts).value.flatMap(\.self) ?? claims.holders.first?.holder
    }

    /// The outcome of taking the lock in the store.
    private struct TakenInStore {
        var taking: Taking
        /// True if the rollout held the lock in the store before.
        var wasOurs = false
        /// True if the store keeps the lock; false if the agents alone keep it.
        var isKept = true
    }

    /// - Parameter isTheirs: true if most agents already accept the claimant, and can keep the lock where the store
    ///   cannot be asked.
    private func takeStore(
        for claimant: LockHolder, _ journal: JournalEnd?, above seen: SeenTokens, isTheirs: Bool
    ) async -> TakenInStore {
        guard let store else { return byAgents(above: seen, isTheirs: isTheirs) }
        do throws(LockFault) {
            return try await store.change { lock in
                var seen = seen
                seen.add(lock.lastToken, of: "the cluster's etcd, under \(ClusterLock.key),")
                let highest: Token
                do throws(SeenTokens.Doubt) {
                    highest = try seen.highest()
                } catch {
                    return (nil, TakenInStore(taking: .failed(why: error.why)))
                }
                switch lock.taken(by: claimant, above: highest, journal: journal) {
                case .held(let holder): return (nil, TakenInStore(taking: .held(by: holder)))
                case .spent(let last): return (nil, TakenInStore(taking: .failed(why: Self.spent(last))))
                case .taken(let next, let token):
                    return (
                        next,
                        TakenInStore(taking: .taken(token: token, missing: []), wasOurs: lock.holder != nil)
                    )
                }
            }
        } catch {
            if isTheirs, error.kind == .unanswered { return byAgents(above: seen, isTheirs: isTheirs) }
            return TakenInStore(taking: .failed(why: error.why))
        }
    }

    /// The token to claim if agents alone keep the lock.
    private func byAgents(above seen: SeenTokens, isTheirs: Bool) -> TakenInStore {
        do throws(SeenTokens.Doubt) {
            let last = try seen.highest()
            let taking = last.next.map { Taking.taken(token: $0, missing: []) }
            return TakenInStore(
                taking: taking ?? .failed(why: Self.spent(last)), wasOurs: isTheirs, isKept: false)
        } catch {
            return TakenInStore(taking: .failed(why: error.why))
        }
    }

    static func spent(_ last: Token) -> String {
        """
        token \(last) was given out, and there is none above it. Once no turnstile works on this cluster, \
        'turnstile unlock --reset-tokens' sets tokens back
        """
    }
}
