import AgentProtocol
import RolloutModel

/// The lock that allows one rollout for each cluster, across operators and machines. It is kept in the store of locks,
/// if there is one, and at every agent. It also keeps hosts from rebooting themselves if locksmith is used.
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

    /// What taking it comes to.
    public enum Taking: Hashable, Sendable {
        /// `missing` are hosts whose agents have not accepted the token, and why.
        case taken(token: Token, missing: [Missing])
        case held(by: LockHolder)
        /// Nobody has it by what was seen, and it could not be taken.
        case failed(why: String)
    }

    /// A host that could not be asked, or would not do as asked.
    public struct Missing: Hashable, Sendable, CustomStringConvertible {
        public var host: HostID
        public var why: String

        public init(host: HostID, why: String) {
            self.host = host
            self.why = why
        }

        public var description: String { "'\(host)': \(why)" }
    }

    /// Takes the cluster for a rollout, or takes it again under a higher token. What was taken in vain is let go, but
    /// for what the rollout had before.
    ///
    /// A rollout that most agents have already goes on with them alone where the store cannot be asked: a cluster whose
    /// etcd has lost its quorum over a host that is out is one that must be taken back.
    ///
    /// - Parameters:
    ///   - claimant: its token is not looked at.
    ///   - seen: the highest token seen anywhere; those of the agents are asked for here.
    ///   - journal: the end of the rollout's journal, which store and agents keep; nil where it has none yet.
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

    /// The number of attempts to take the lock; each is above the tokens that the last one met.
    private static let attemptsMax = 3

    /// Lets the cluster go, if it is this rollout's under this token.
    ///
    /// - Parameter journal: the end of its journal, which agents keep; nil where it has none.
    /// - Returns: what is held still, and why: a later rollout names it.
    @discardableResult
    public func release(
        _ rollout: RolloutID, token: Token, journal: JournalEnd? = nil
    ) async -> [String] {
        // The store last: while it has the holder nobody else comes in between, and whoever asks again knows whom for.
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
                // Refused is a host that another rollout, or a later token, has: not ours to let go.
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

    /// Who has the cluster, by where the lock is kept or else by any agent.
    ///
    /// - Throws: `LockFault` where the store could not be asked.
    public func holder() async throws(LockFault) -> LockHolder? {
        if let store, let holder = try await store.read().lock.holder { return holder }
        let claims = await claims()
        return claims.byMajority(of: hosts).value.flatMap(\.self) ?? claims.holders.first?.holder
    }

    /// What taking it in the store comes to.
    private struct TakenInStore {
        var taking: Taking
        /// The rollout had it there before.
        var wasOurs = false
        /// It is written there; agents alone carry it otherwise.
        var isKept = true
    }

    /// - Parameter isTheirs: most agents are the claimant's already, and can carry it where the store cannot be asked.
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
