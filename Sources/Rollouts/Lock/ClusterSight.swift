import AgentProtocol
import RolloutModel

/// The holder of a cluster, as etcd and each agent told it.
public struct ClusterSight: Hashable, Sendable {
    /// The holder in the cluster's etcd; nil where the lock is kept by the agents alone.
    public var store: Observation<LockHolder?>?
    /// In the hosts' order.
    public var hosts: [Host]

    public init(store: Observation<LockHolder?>?, hosts: [Host]) {
        self.store = store
        self.hosts = hosts
    }

    public struct Host: Hashable, Sendable {
        public var host: HostID
        public var holder: Observation<LockHolder?>

        public init(_ host: HostID, _ holder: Observation<LockHolder?>) {
            self.host = host
            self.holder = holder
        }
    }

    /// The holder; nil if nobody has the cluster.
    ///
    /// etcd's word decides. A majority of the agents that name one rollout decides if etcd cannot be asked. Agents
    /// that name nobody then prove nothing: a rollout may have taken the cluster while they were away.
    public var holder: Observation<LockHolder?> {
        let agents = byAgents
        switch store {
        case nil: return agents
        case .seen(let holder?): return .seen(holder)
        case .seen(nil):
            guard case .seen(let holder?) = agents else { return .seen(nil) }
            return .seen(holder)
        case .unknown(let why):
            guard case .seen(_?) = agents else { return .unknown("the cluster's etcd: \(why)") }
            return agents
        }
    }

    /// Hosts whose agents name another rollout than the holder, or one where nobody has the cluster: an earlier rollout
    /// could not let them go.
    public var heldStill: [Host] {
        guard case .seen(let holder) = holder else { return [] }
        return hosts.filter { host in
            guard case .seen(let named?) = host.holder else { return false }
            return named.rollout != holder?.rollout
        }
    }

    private var byAgents: Observation<LockHolder?> {
        LockHolder.byMajority(
            of: hosts.map(\.host),
            claims: Dictionary(hosts.map { ($0.host, $0.holder) }, uniquingKeysWith: { first, _ in first }))
    }
}

extension RolloutLock {
    /// Asks the store, if there is one, and every agent, without changing anything.
    public func sight() async -> ClusterSight {
        async let kept = kept()
        let claims = await claims()
        return ClusterSight(
            store: await kept,
            hosts: hosts.map { host in
                let report = claims.reports[host] ?? .unknown("not asked")
                return .init(host, report.map { $0.agent.claim.map { LockHolder($0) } })
            })
    }
}
