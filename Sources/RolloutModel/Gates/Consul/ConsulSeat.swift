/// A host's place in Consul when the plan was made.
public struct ConsulSeat: Codable, Hashable, Sendable {
    public var node: ConsulNodeID
    public var role: Role

    public init(node: ConsulNodeID, role: Role) {
        self.node = node
        self.role = role
    }

    public enum Role: String, Codable, Hashable, Sendable, CaseIterable {
        case client
        /// A server without a vote.
        case server
        case voter
    }

    /// By the host's own agent; nil where that cannot be told without a leader.
    init?(_ view: ConsulView) {
        guard view.hasLeader else { return nil }
        let isVoter = view.servers.contains { $0.id == view.own.id && $0.isVoter }
        let isServer = view.members.contains { $0.id == view.own.id && $0.isServer }
        self.init(node: view.own.id, role: isVoter ? .voter : isServer ? .server : .client)
    }
}

extension Plan {
    /// Notes a host's place in Consul.
    ///
    /// - Returns: why it cannot be told; nil where it is noted, or the host has none.
    public mutating func noteConsul(_ seen: Observation<ConsulSight>, of host: HostID) -> HoldReason? {
        switch seen {
        case .unknown(let why): return .consul(.consulUnknown(host: host, why: why))
        case .seen(.none): return nil
        case .seen(.agent(let view)):
            guard let seat = ConsulSeat(view) else { return .consul(.consulLeaderless(seenBy: [host])) }
            for index in hosts.indices where hosts[index].id == host { hosts[index].consul = seat }
            return nil
        }
    }
}
