/// A server in raft's configuration.
public struct ConsulServer: Hashable, Sendable {
    /// nil where no agent of the datacenter is this server.
    public var id: ConsulNodeID?
    public var name: String
    public var isVoter: Bool
    /// nil where gossip does not know the server.
    public var presence: ConsulMember.Presence?
    /// By autopilot; true from a Consul that has none.
    public var isHealthy: Bool

    public init(
        id: ConsulNodeID?, name: String, isVoter: Bool, presence: ConsulMember.Presence?, isHealthy: Bool
    ) {
        self.id = id
        self.name = name
        self.isVoter = isVoter
        self.presence = presence
        self.isHealthy = isHealthy
    }

    /// Why its vote does not count; nil where it does.
    var trouble: String? {
        switch presence {
        case .alive: isHealthy ? nil : "autopilot does not call it healthy"
        case let presence?: presence.words
        case nil: "raft has it, and gossip does not know it"
        }
    }
}
