/// How far a rollout's lock reaches. A lock in the cluster's etcd keeps out every other rollout of that cluster.
/// Without etcd only the agents of the rollout's hosts keep the lock, and a rollout of other hosts never meets it.
public struct LockCoverage: Hashable, Sendable {
    public var isInEtcd: Bool
    /// Hosts that the cluster knows besides the rollout's, by the source that lists them; empty if no source does.
    public var others: [Others]

    public init(isInEtcd: Bool, others: [Others] = []) {
        self.isInEtcd = isInEtcd
        self.others = others
    }

    public struct Others: Hashable, Sendable {
        public var source: Source
        /// The hosts' names as the source has them; unknown if the source, which may list some, could not be asked.
        public var names: Observation<[String]>

        public init(_ source: Source, _ names: Observation<[String]>) {
            self.source = source
            self.names = names
        }
    }

    public enum Source: String, Codable, Hashable, Sendable {
        case fleet, etcd
        case kubernetes = "Kubernetes"
    }

    /// Hosts that another rollout may take out meanwhile, and sources that do not tell of any.
    public var reasons: [HoldReason] {
        guard !isInEtcd else { return [] }
        return others.compactMap { others in
            switch others.names {
            case .seen(let names):
                names.isEmpty
                    ? nil : .lock(.othersUncovered(others: names.sorted(), knownBy: others.source))
            case .unknown(let why): .lock(.othersUnknown(source: others.source, why: why))
            }
        }
    }

    /// The warning printed in a plan; nil if the lock keeps out every other rollout of the cluster.
    public var sentence: String? {
        isInEtcd
            ? nil
            : """
            gates.etcd is off, so that the lock is kept by the agents of these hosts alone: a rollout of other hosts of \
            this cluster is not kept out
            """
    }
}
