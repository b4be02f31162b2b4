/// Observations of a cluster, all of them made after `takenAt`.
public struct Inventory: Hashable, Sendable {
    /// When the first question of this inventory was asked.
    public var takenAt: Moment
    /// The facts of each host, by its own agent.
    public var hosts: [HostID: Observation<HostFacts>]
    /// The kind of trouble of each host that could not be read, where that is known.
    public var troubles: [HostID: HostTrouble] = [:]
    /// The bastions that keep hosts away, by the host that could not be read.
    public var bastions: [HostID: ShutBastion] = [:]
    /// fleet's machines, as each witness sees them.
    public var membership: [HostID: Observation<Set<MachineID>>]
    /// The entry of each machine in fleet's registry, which is the same for every witness; nil if the registry is not asked.
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
    /// The seat of each host in etcd.
    public var seats: [HostID: Observation<EtcdSeat>]
    /// Consul, as the agent of each host sees it; empty if Consul is not asked.
    public var consul: [HostID: Observation<ConsulSight>] = [:]
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
