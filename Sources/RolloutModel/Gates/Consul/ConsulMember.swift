/// An agent as gossip tells of it.
public struct ConsulMember: Hashable, Sendable {
    /// nil for an agent older than 0.7.3.
    public var id: ConsulNodeID?
    public var name: String
    public var isServer: Bool
    public var presence: Presence

    public init(id: ConsulNodeID?, name: String, isServer: Bool, presence: Presence) {
        self.id = id
        self.name = name
        self.isServer = isServer
        self.presence = presence
    }

    /// serf's states (facts 11.2).
    public enum Presence: Int, Codable, Hashable, Sendable, CaseIterable {
        case none, alive, leaving, left, failed
    }
}

extension ConsulMember.Presence {
    /// The state, as something said of an agent.
    var words: String {
        switch self {
        case .none: "gossip tells no state of it"
        case .alive: "it is alive"
        case .leaving: "it is leaving"
        case .left: "it has left"
        case .failed: "it has failed"
        }
    }
}
