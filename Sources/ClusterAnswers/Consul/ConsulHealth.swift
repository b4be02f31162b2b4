public import HostFiles

/// `GET /v1/operator/autopilot/health`: whether the leader finds each server well (facts 11.5). The answer comes with the
/// status 429 where it does not.
public struct ConsulHealth: Hashable, Sendable {
    public var servers: [Server]

    public struct Server: Hashable, Sendable {
        /// nil with raft protocol 2, as in raft's configuration.
        public var id: ConsulNodeID?
        public var name: String
        public var isHealthy: Bool
    }

    public init(_ body: String) throws(MalformedText) {
        servers = []
        for item in try JSONText.decode(Answer.self, from: body, as: .consulHealth).servers {
            servers.append(
                Server(
                    id: ConsulNodeID(uuid: item.id),
                    name: try ConsulText.name(item.name, of: .consulHealth), isHealthy: item.healthy))
        }
    }

    private struct Answer: Decodable {
        var servers: [Item]

        enum CodingKeys: String, CodingKey {
            case servers = "Servers"
        }
    }

    private struct Item: Decodable {
        var id: String
        var name: String
        var healthy: Bool

        enum CodingKeys: String, CodingKey {
            case id = "ID"
            case name = "Name"
            case healthy = "Healthy"
        }
    }
}
