/// How far a rollout's lock reaches. Kept in the cluster's etcd it keeps every other rollout of that cluster out; without one
/// it is at the agents of its own hosts alone, and a rollout of other hosts never meets it.
public struct LockCoverage: Hashable, Sendable {
    public var isInEtcd: Bool
    /// What the cluster itself knows besides the rollout's hosts, by who told; empty where nobody could tell.
    public var others: [Others]

    public init(isInEtcd: Bool, others: [Others] = []) {
        self.isInEtcd = isInEtcd
        self.others = others
    }

    public struct Others: Hashable, Sendable {
        public var source: Source
        /// As that names them.
        public var names: [String]

        public init(_ source: Source, _ names: [String]) {
            self.source = source
            self.names = names
        }
    }

    public enum Source: String, Codable, Hashable, Sendable {
        case fleet, etcd
        case kubernetes = "Kubernetes"
    }

    /// Hosts that another rollout may take out meanwhile.
    public var reasons: [HoldReason] {
        guard !isInEtcd else { return [] }
        return others.filter { !$0.names.isEmpty }.map {
            .othersUncovered(others: $0.names.sorted(), knownBy: $0.source)
        }
    }

    /// What a plan says of it; nil where every rollout of the cluster is kept out.
    public var sentence: String? {
        isInEtcd
            ? nil
            : """
            gates.etcd is off, so that the lock is kept by the agents of these hosts alone: a rollout of other hosts of \
            this cluster is not kept out
            """
    }
}
