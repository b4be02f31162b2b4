public import RolloutModel
public import Rollouts

/// The answers of several hosts, and of the cluster asked through them: all that `doctor` judges of hosts.
public struct ClusterLook: Sendable {
    /// In the order of the configuration.
    public var hosts: [HostLook]
    /// How they are called, as far as ssh's settings could be read.
    public var logins: [HostID: ConnectionCheck.Login]
    /// Of the hosts on which root is to be had.
    public var agents: AgentRollCall?
    /// The places that somebody else than root may write to, by the host whose agent was not run for that.
    var exposed: [HostID: ExposedPlace] = [:]
    public var registry: Observation<[MachineID: FleetEntry]>?
    public var etcd: [HostID: Observation<EtcdView>] = [:]
    public var semaphores: Observation<[RebootSemaphore]>?
    public var nodes: Observation<[NodeFacts]>?
    /// By the hosts that were reached; empty if Consul is not asked.
    public var consul: [HostID: Observation<ConsulSight>] = [:]
    /// Hosts that answer although a rollout of this machine declared them lost.
    public var woken: [WokenHost] = []
    /// The clock of the operator's machine.
    public var clock: ClockReading

    public init(
        hosts: [HostLook], logins: [HostID: ConnectionCheck.Login], clock: ClockReading
    ) {
        self.hosts = hosts
        self.logins = logins
        self.clock = clock
    }

    var reached: [HostLook] { hosts.filter { $0.fault == nil } }
}

extension ClusterLook {
    /// Asks the agents, and through the hosts the cluster.
    ///
    /// - Parameter semaphores: nil where locksmith is not asked.
    public mutating func ask(
        _ access: HostAccess, _ shell: HostShell, version: String, fleet: Bool,
        semaphores store: SemaphoreStore?, notify: @Sendable (String) -> Void
    ) async {
        let withRoot = hosts.filter(\.hasRoot).map(\.host)
        notify("agents")
        let looked = await AgentRollCall.look(at: withRoot, access: access, shell: shell, version: version)
        agents = looked.roll
        exposed = looked.exposed
        let members = reached.filter { if case .seen(.member)? = $0.seat { true } else { false } }.map(\.host)
        if let witness = members.first {
            notify("members of etcd")
            etcd[witness] = await access.firstAnswer([witness], access.etcd)
            if let store {
                notify("locksmith's semaphore")
                semaphores = await Self.read(store)
            }
        }
        if !access.lookouts.isEmpty {
            notify("Consul")
            consul = await access.sights(of: reached.map(\.host)).consul
        }
        guard fleet else { return }
        notify("fleet's registry")
        registry = await access.firstAnswer(
            members.isEmpty ? reached.map(\.host) : members, access.fleetRegistry)
    }

    private static func read(_ store: SemaphoreStore) async -> Observation<[RebootSemaphore]> {
        do throws(LockFault) {
            return .seen(try await store.read().map(\.semaphore))
        } catch {
            return .unknown(error.why)
        }
    }
}
