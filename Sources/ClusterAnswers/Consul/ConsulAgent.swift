public import HostFiles

/// `GET /v1/agent/self`: the agent that answers (facts 11.1).
public struct ConsulAgent: Hashable, Sendable {
    public var id: ConsulNodeID
    public var name: String
    public var datacenter: String
    /// At which it is a member of gossip.
    public var address: IPAddress

    public init(_ body: String) throws(MalformedText) {
        let answer = try JSONText.decode(Answer.self, from: body, as: .consulAgent)
        guard let id = ConsulNodeID(uuid: answer.config.nodeID ?? "") else {
            throw .unexpected(.consulAgent, found: answer.config.nodeID ?? "", expected: "a NodeID")
        }
        self.id = id
        name = try ConsulText.name(answer.config.nodeName, of: .consulAgent)
        datacenter = try ConsulText.name(answer.config.datacenter, of: .consulAgent)
        address = try ConsulText.address(answer.member.address, of: .consulAgent)
        guard answer.member.name == answer.config.nodeName else {
            throw .unexpected(
                .consulAgent, found: answer.member.name, expected: "a member named \(name.debugDescription)")
        }
    }

    private struct Answer: Decodable {
        var config: Config
        var member: Member

        enum CodingKeys: String, CodingKey {
            case config = "Config"
            case member = "Member"
        }

        struct Config: Decodable {
            var nodeName: String
            var nodeID: String?
            var datacenter: String

            enum CodingKeys: String, CodingKey {
                case nodeName = "NodeName"
                case nodeID = "NodeID"
                case datacenter = "Datacenter"
            }
        }

        struct Member: Decodable {
            var name: String
            var address: String

            enum CodingKeys: String, CodingKey {
                case name = "Name"
                case address = "Addr"
            }
        }
    }
}
