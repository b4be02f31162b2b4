/// Something asked of a host: the answer, or why there is none. What is unknown never passes a gate.
public enum Observation<Value: Hashable & Sendable>: Hashable, Sendable {
    case seen(Value)
    case unknown(String)

    public var value: Value? {
        guard case .seen(let value) = self else { return nil }
        return value
    }
}

/// What was observed of a cluster, all of it after `takenAt`.
public struct Inventory: Hashable, Sendable {
    /// When the first question of this inventory was asked.
    public var takenAt: Moment
    /// Each host by its own agent.
    public var hosts: [HostID: Observation<HostFacts>]
    /// fleet's machines, as each witness sees them.
    public var membership: [HostID: Observation<Set<MachineID>>]
    /// etcd, as each witness asked sees it. Not every witness is asked every time.
    public var etcd: [HostID: Observation<EtcdView>]
    /// Each host's seat in etcd.
    public var seats: [HostID: Observation<EtcdSeat>]

    public init(
        takenAt: Moment, hosts: [HostID: Observation<HostFacts>] = [:],
        membership: [HostID: Observation<Set<MachineID>>] = [:],
        etcd: [HostID: Observation<EtcdView>] = [:], seats: [HostID: Observation<EtcdSeat>] = [:]
    ) {
        self.takenAt = takenAt
        self.hosts = hosts
        self.membership = membership
        self.etcd = etcd
        self.seats = seats
    }
}

/// What an agent says of its own host, as far as gates care.
public struct HostFacts: Hashable, Sendable {
    public var machine: MachineID
    public var boot: BootID
    public var version: Version
    /// The running partition is marked good; nil where the partitions could not be read.
    public var committed: Bool?
    /// The next boot goes to the other partition.
    public var updatePending: Bool
    /// The rollout that last changed this host, and has not ended there.
    public var claimedBy: RolloutID?

    public init(
        machine: MachineID, boot: BootID, version: Version, committed: Bool?, updatePending: Bool = false,
        claimedBy: RolloutID? = nil
    ) {
        self.machine = machine
        self.boot = boot
        self.version = version
        self.committed = committed
        self.updatePending = updatePending
        self.claimedBy = claimedBy
    }
}

/// Which etcd member runs on a host, if one does.
public enum EtcdSeat: Hashable, Sendable {
    case member(EtcdMemberID)
    /// No member runs there: the host may go without etcd noticing.
    case none
}

/// etcd's members and their health, as one witness found them.
public struct EtcdView: Hashable, Sendable {
    public var members: [Member]
    /// major.minor.patch; nil while undecided.
    public var clusterVersion: String?

    public init(members: [Member], clusterVersion: String?) {
        self.members = members
        self.clusterVersion = clusterVersion
    }

    public struct Member: Hashable, Sendable {
        public var id: EtcdMemberID
        public var name: String
        /// A learner has no vote, and is never counted.
        public var isLearner: Bool
        public var health: Health

        public init(id: EtcdMemberID, name: String, isLearner: Bool, health: Health) {
            self.id = id
            self.name = name
            self.isLearner = isLearner
            self.health = health
        }
    }

    public enum Health: Hashable, Sendable {
        case healthy
        /// What was said instead, or why nothing was.
        case unhealthy(String)
    }
}
