import RolloutModel

/// The hosts of one command, and how each thing of their cluster is reached.
public struct ClusterPorts: Sendable {
    /// In the order they were named.
    public var hosts: [HostID]
    public var access: HostAccess
    /// Of the cluster's lock; nil where there is no etcd, and agents alone keep it.
    public var store: LockStore?
    /// locksmith's; nil where they are not to be taken.
    public var semaphores: SemaphoreStore?
    /// nil where no Kubernetes runs on the hosts.
    public var nodes: NodeAccess?
    /// Hooks and pages.
    public var operatorGates: OperatorGates
    /// Opens the platform on the hosts for its upgrade.
    public var platform: @Sendable (PlatformPlan) async throws(CommandRefusal) -> PlatformPort
    /// Asks every host for its report, and looks at its agent.
    public var roll: @Sendable () async -> AgentRollCall
    /// Puts the hosts in an order. The machines are those of their reports.
    public var arrange:
        @Sendable (HostOrder, [HostID: MachineID]) async throws(HostFault) -> HostOrder.Arrangement
    /// Hosts that fleet and etcd know besides those of a plan. A source that cannot be asked is left out.
    public var neighbours: @Sendable (Plan) async -> [LockCoverage.Others]
    /// Ends the sessions with the hosts.
    public var close: @Sendable () async -> Void

    public init(
        hosts: [HostID], access: HostAccess, store: LockStore?, semaphores: SemaphoreStore?,
        nodes: NodeAccess?, operatorGates: OperatorGates,
        platform: @escaping @Sendable (PlatformPlan) async throws(CommandRefusal) -> PlatformPort = { _ in
            .none
        },
        roll: @escaping @Sendable () async -> AgentRollCall,
        arrange:
            @escaping @Sendable (HostOrder, [HostID: MachineID]) async throws(HostFault) ->
            HostOrder.Arrangement,
        neighbours: @escaping @Sendable (Plan) async -> [LockCoverage.Others],
        close: @escaping @Sendable () async -> Void
    ) {
        self.hosts = hosts
        self.access = access
        self.store = store
        self.semaphores = semaphores
        self.nodes = nodes
        self.operatorGates = operatorGates
        self.platform = platform
        self.roll = roll
        self.arrange = arrange
        self.neighbours = neighbours
        self.close = close
    }

    /// Of the cluster, in its etcd and at the agents of these hosts; at the agents alone where there is no etcd.
    public var lock: RolloutLock {
        RolloutLock(hosts: hosts, access: access, store: store, semaphores: semaphores)
    }
}
