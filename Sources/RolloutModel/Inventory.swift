/// Something asked of a host: the answer, or why there is none. What is unknown never passes a gate.
public enum Observation<Value: Hashable & Sendable>: Hashable, Sendable {
    case seen(Value)
    case unknown(String)

    public var value: Value? {
        guard case .seen(let value) = self else { return nil }
        return value
    }

    public func map<Other>(_ transform: (Value) -> Other) -> Observation<Other> {
        switch self {
        case .seen(let value): .seen(transform(value))
        case .unknown(let why): .unknown(why)
        }
    }
}

/// What was observed of a cluster, all of it after `takenAt`.
public struct Inventory: Hashable, Sendable {
    /// When the first question of this inventory was asked.
    public var takenAt: Moment
    /// Each host by its own agent.
    public var hosts: [HostID: Observation<HostFacts>]
    /// The kind of trouble of each host that could not be read, where that is known.
    public var troubles: [HostID: HostTrouble] = [:]
    /// The bastions that keep hosts away, by the host that could not be read.
    public var bastions: [HostID: ShutBastion] = [:]
    /// fleet's machines, as each witness sees them.
    public var membership: [HostID: Observation<Set<MachineID>>]
    /// Each machine's entry in fleet's registry, which is the same for every witness; nil if the registry is not asked.
    public var registry: Observation<[MachineID: FleetEntry]>?
    /// fleet's running units, by the witness asked this time; empty if fleet is not asked.
    public var units: [HostID: Observation<FleetUnits>]
    /// Deis' running components, by the witness asked this time; empty if Deis is not asked.
    public var deis: [HostID: Observation<DeisComponents>]
    /// The nodes of Kubernetes, in no order; nil if Kubernetes is not asked.
    public var nodes: Observation<[NodeFacts]>?
    /// etcd, as each witness asked sees it. Not every witness is asked every time.
    public var etcd: [HostID: Observation<EtcdView>]
    /// The kind of trouble of each witness through which etcd could not be read, where that is known.
    public var etcdTroubles: [HostID: HostTrouble] = [:]
    /// Each host's seat in etcd.
    public var seats: [HostID: Observation<EtcdSeat>]
    /// The holder of the cluster's lock, as read from where the lock is kept; nil if the lock is not asked for.
    public var lock: Observation<LockHolder?>?
    /// locksmith's semaphores in etcd; nil if they are not asked for, empty if no group uses one.
    public var semaphores: Observation<[RebootSemaphore]>?
    /// The local time in the time zone of the windows; nil if unknown.
    public var localTime: LocalTime?

    public init(
        takenAt: Moment, hosts: [HostID: Observation<HostFacts>] = [:],
        membership: [HostID: Observation<Set<MachineID>>] = [:],
        registry: Observation<[MachineID: FleetEntry]>? = nil,
        units: [HostID: Observation<FleetUnits>] = [:], deis: [HostID: Observation<DeisComponents>] = [:],
        nodes: Observation<[NodeFacts]>? = nil,
        etcd: [HostID: Observation<EtcdView>] = [:], seats: [HostID: Observation<EtcdSeat>] = [:],
        lock: Observation<LockHolder?>? = nil, semaphores: Observation<[RebootSemaphore]>? = nil,
        localTime: LocalTime? = nil
    ) {
        self.takenAt = takenAt
        self.hosts = hosts
        self.membership = membership
        self.registry = registry
        self.units = units
        self.deis = deis
        self.nodes = nodes
        self.etcd = etcd
        self.seats = seats
        self.lock = lock
        self.semaphores = semaphores
        self.localTime = localTime
    }
}

/// A machine's entry in fleet's registry, which its fleetd writes anew every half TTL.
public struct FleetEntry: Hashable, Sendable {
    /// Rises whenever the entry is written.
    public var index: UInt64
    /// How long it stays without being written again: never more than fleet's `agent_ttl`. nil where that was not told.
    public var secondsLeft: Double?

    public init(index: UInt64, secondsLeft: Double? = nil) {
        self.index = index
        self.secondsLeft = secondsLeft
    }
}

/// What an agent says of its own host, as far as gates care.
public struct HostFacts: Hashable, Sendable {
    public var machine: MachineID
    public var boot: BootID
    public var version: Version
    /// By its os-release; nil for a system that is none of these.
    public var distribution: Distribution?
    /// The running partition is marked good; nil where the partitions could not be read.
    public var committed: Bool?
    /// An update is on the other partition, and waits for a reboot.
    public var updatePending: Bool
    /// Why the next boot goes to the other partition, where no update waits for one; nil where it does not.
    public var otherIsNext: String?
    /// The damage to the partition table that cgpt reports, and the disk.
    public var damagedTable: DamagedTable?
    /// Lines of update.conf that update-engine reads otherwise than they are meant.
    public var oddSettings: [OddSetting]
    /// The rollout that last changed this host, and has not ended there.
    public var claimedBy: RolloutID?
    /// The lock holder that the host's agent has on record.
    public var holder: LockHolder?
    /// Units on the host that conflict with a rollout.
    public var hazards: [HostHazard]
    /// The version the host went back from, until a later one is committed.
    public var revertedFrom: Version?
    /// The label of the partition that runs; nil where the partitions could not be read.
    public var partition: String?
    /// The label of the partition that the host would go back to.
    public var otherPartition: String?
    /// The etcd server version that ran under the partition before the last update, where that was told.
    public var etcdBefore: String?
    /// How the host's etcd is started now; nil if its agent does not tell, or none runs.
    public var etcd: EtcdSource?
    /// The contents of the partition that was staged last; that partition may run by now.
    public var contents: StagedContents?
    /// That partition was booted once and never marked good.
    public var otherWasTriedInVain: Bool
    /// The operation that update-engine is at; nil while it is idle, or waits for a reboot.
    public var engineOperation: String?
    public var cgroups: CgroupHierarchy?
    public var space: [HostSpace]
    public var clock: ClockReading?
    public var settings: Settings?
    /// systemd units that are failed or being started; nil if the agent did not tell.
    public var units: HostUnits?
    /// Facts that the host's agent could not tell, and why.
    public var untold: [Untold: String]

    public init(
        machine: MachineID, boot: BootID, version: Version, distribution: Distribution?, committed: Bool?,
        updatePending: Bool, otherIsNext: String?, damagedTable: DamagedTable?, oddSettings: [OddSetting],
        claimedBy: RolloutID?, holder: LockHolder?, hazards: [HostHazard], revertedFrom: Version?,
        partition: String?, otherPartition: String?, etcdBefore: String?, etcd: EtcdSource?,
        contents: StagedContents?, otherWasTriedInVain: Bool, engineOperation: String?,
        cgroups: CgroupHierarchy?, space: [HostSpace], clock: ClockReading?, settings: Settings?,
        units: HostUnits?, untold: [Untold: String]
    ) {
        self.machine = machine
        self.boot = boot
        self.version = version
        self.distribution = distribution
        self.committed = committed
        self.updatePending = updatePending
        self.otherIsNext = otherIsNext
        self.damagedTable = damagedTable
        self.oddSettings = oddSettings
        self.claimedBy = claimedBy
        self.holder = holder
        self.hazards = hazards
        self.revertedFrom = revertedFrom
        self.partition = partition
        self.otherPartition = otherPartition
        self.etcdBefore = etcdBefore
        self.etcd = etcd
        self.contents = contents
        self.otherWasTriedInVain = otherWasTriedInVain
        self.engineOperation = engineOperation
        self.cgroups = cgroups
        self.space = space
        self.clock = clock
        self.settings = settings
        self.units = units
        self.untold = untold
    }

    public struct DamagedTable: Hashable, Sendable {
        public var disk: String
        /// In cgpt's words.
        public var why: String

        public init(disk: String, why: String) {
            self.disk = disk
            self.why = why
        }
    }
}

/// Which etcd member runs on a host, if one does.
public enum EtcdSeat: Hashable, Sendable {
    /// `server` is the version of the etcd that answers there; nil where it does not say.
    case member(EtcdMemberID, server: String? = nil)
    /// etcd 0.4 runs there, which knows no member ids (facts 6.1).
    case ancient(server: String)
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
        /// Its server's version; nil where it was not asked, or does not say.
        public var version: String?
        /// The host it runs on, for people; nil where nothing tells.
        public var host: HostID?

        public init(
            id: EtcdMemberID, name: String, isLearner: Bool, health: Health, version: String? = nil,
            host: HostID? = nil
        ) {
            self.id = id
            self.name = name
            self.isLearner = isLearner
            self.health = health
            self.version = version
            self.host = host
        }

        /// As people know it.
        var shown: String { host.map { "the member on '\($0)'" } ?? "member '\(name)'" }
    }

    /// A member's health by its own answer. An answer that another member gives in its place does not count.
    public enum Health: Hashable, Sendable {
        case healthy
        /// The answer that the member gave instead, or that nobody answers at its addresses.
        case unhealthy(String)
        /// Why the member's health is unknown.
        case unknown(String)
    }
}
