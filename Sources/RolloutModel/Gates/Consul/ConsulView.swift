/// A host's answer about Consul.
public enum ConsulSight: Hashable, Sendable {
    /// By the host's own agent.
    case agent(ConsulView)
    /// No agent of Consul runs there, and none is set up.
    case none
}

/// Consul as the agent of one host sees it.
public struct ConsulView: Hashable, Sendable {
    /// The agent itself, which has proved that it is the host's own.
    public var own: ConsulNode
    public var datacenter: String
    /// False while the servers have no leader.
    public var hasLeader: Bool
    /// The agents of the datacenter, by gossip.
    public var members: [ConsulMember]
    /// The servers in raft's configuration, as the leader has it; empty without a leader.
    public var servers: [ConsulServer]

    public init(
        own: ConsulNode, datacenter: String, hasLeader: Bool, members: [ConsulMember], servers: [ConsulServer]
    ) {
        self.own = own
        self.datacenter = datacenter
        self.hasLeader = hasLeader
        self.members = members
        self.servers = servers
    }
}

/// An agent of Consul.
public struct ConsulNode: Hashable, Sendable {
    public var id: ConsulNodeID
    public var name: String

    public init(id: ConsulNodeID, name: String) {
        self.id = id
        self.name = name
    }
}
