import ClusterAnswers

/// The two stores of etcd, which share nothing: keys written by the v2 API are invisible to v3.
enum EtcdKeyspace: String, CaseIterable, Codable, Hashable, Sendable {
    case v2
    case v3

    /// The command that takes the lock's key away, for people.
    var removal: String {
        switch self {
        case .v2: "'ETCDCTL_API=2 etcdctl rm \(EtcdLockRequests.key)'"
        case .v3: "'ETCDCTL_API=3 etcdctl del \(EtcdLockRequests.key)'"
        }
    }

    /// The stores that a lock must be in, by the version that the cluster has agreed on.
    ///
    /// Two turnstiles must never use two different stores, even if the cluster is upgraded between the time when one
    /// takes the lock and the time when the other comes. The decision therefore depends on the cluster version, and not
    /// on the stores that the member asked happens to serve: etcd agrees on it through raft, it is the lowest of all
    /// members' and it only ever rises (facts 6.3). Neighbouring ranges have a store in common, so that a turnstile
    /// that looks just before the version rises, or took the lock before, meets one that looks just after:
    ///
    /// | cluster version | where | because |
    /// | --- | --- | --- |
    /// | below 3.1 | v2 alone | 2.x has no v3; the gateway is documented from 3.1 |
    /// | 3.1 to 3.3 | v2, then v3 | every member serves both: v2 cannot be turned off before 3.2, and is on up to 3.3 |
    /// | 3.4 and later | v3 alone | v2 is off unless asked for from 3.4, and gone in 3.6 |
    ///
    /// In the middle range v3 decides; v2 is written, too, for turnstiles that looked when the version was lower. A
    /// member of 3.4 that is already in such a cluster does not serve v2. Another host is asked for v2 then; v3 alone
    /// is used only when none serves it.
    static func inUse(at cluster: EtcdMinor) -> [EtcdKeyspace] {
        if cluster < EtcdMinor(3, 1) { return [.v2] }
        if cluster < EtcdMinor(3, 4) { return [.v2, .v3] }
        return [.v3]
    }

    /// The stores in use; nil while the cluster has not decided on a version.
    static func inUse(by answer: EtcdVersionAnswer) -> [EtcdKeyspace]? {
        if let cluster = answer.cluster { return inUse(at: cluster.minor) }
        // 0.4 and 2.0 have no cluster version, and only v2.
        return answer.server.minor < EtcdMinor(2, 1) ? [.v2] : nil
    }
}
