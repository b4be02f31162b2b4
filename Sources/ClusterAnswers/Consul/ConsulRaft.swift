public import HostFiles

/// `GET /v1/operator/raft/configuration`: the servers, as the leader has them (facts 11.4).
public struct ConsulRaft: Hashable, Sendable {
    public var servers: [Server]

    public struct Server: Hashable, Sendable {
        /// nil with raft protocol 2, which takes a server's place for its id.
        public var id: ConsulNodeID?
        /// The place of a server that gossip does not know.
        public var name: String
        public var place: ConsulPlace
        public var isLeader: Bool
        public var isVoter: Bool
    }

    public init(_ body: String) throws(MalformedText) {
        servers = []
        for item in try JSONText.decode(Answer.self, from: body, as: .consulRaft).servers {
            guard let place = ConsulPlace(item.address) else {
                throw .unexpected(.consulRaft, found: item.address, expected: "an address with a port")
            }
            let name = item.node == Self.unknown ? item.address : item.node
            servers.append(
                Server(
                    id: ConsulNodeID(uuid: item.id), name: try ConsulText.name(name, of: .consulRaft),
                    place: place, isLeader: item.leader, isVoter: item.voter))
        }
        guard !servers.isEmpty else { throw .missing(.consulRaft, "any server") }
    }

    private static let unknown = "(unknown)"

    private struct Answer: Decodable {
        var servers: [Item]

        enum CodingKeys: String, CodingKey {
            case servers = "Servers"
        }
    }

    private struct Item: Decodable {
        var id: String
        var node: String
        var address: String
        var leader: Bool
        var voter: Bool

        enum CodingKeys: String, CodingKey {
            case id = "ID"
            case node = "Node"
            case address = "Address"
            case leader = "Leader"
            case voter = "Voter"
        }
    }
}
