public import HostFiles

/// `GET /v1/agent/members`: the agents of a datacenter, as gossip has told the one that answers (facts 11.2).
public struct ConsulMemberList: Hashable, Sendable {
    public var members: [Member]

    public struct Member: Hashable, Sendable {
        /// nil for an agent older than 0.7.3.
        public var id: ConsulNodeID?
        public var name: String
        /// serf's number for its state: 0 to 4.
        public var status: Int
        /// The place at which the others reach the server; nil for a client.
        public var server: ConsulPlace?
        public var datacenter: String?
    }

    /// - Throws: `MalformedText` for anything but a list of members with names, addresses and known states.
    public init(_ body: String) throws(MalformedText) {
        members = []
        for item in try JSONText.decode([Item].self, from: body, as: .consulMembers) {
            members.append(try Member(item))
        }
    }

    fileprivate struct Item: Decodable {
        var name: String
        var address: String
        var status: Int
        var tags: [String: String]?

        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case address = "Addr"
            case status = "Status"
            case tags = "Tags"
        }
    }
}

extension ConsulMemberList.Member {
    fileprivate init(_ item: ConsulMemberList.Item) throws(MalformedText) {
        let tags = item.tags ?? [:]
        name = try ConsulText.name(item.name, of: .consulMembers)
        id = tags["id"].flatMap { ConsulNodeID(uuid: $0) }
        guard (0...4).contains(item.status) else {
            throw .unexpected(.consulMembers, found: "\(item.status)", expected: "a Status from 0 to 4")
        }
        status = item.status
        datacenter = try tags["dc"].map { text throws(MalformedText) in
            try ConsulText.name(text, of: .consulMembers)
        }
        server = nil
        guard tags["role"] == "consul" else { return }
        let port = tags["port"].flatMap { Substring($0).decimal(as: UInt16.self) }
        guard let port, port > 0 else {
            throw .unexpected(.consulMembers, found: tags["port"] ?? "", expected: "the port of a server")
        }
        server = ConsulPlace(
            address: try ConsulText.address(item.address, of: .consulMembers), port: port)
    }
}
