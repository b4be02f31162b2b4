public import HostFiles

/// A seat in an etcd cluster, whether or not a server sits in it now.
public struct EtcdMember: Hashable, Sendable {
    public var id: EtcdMemberID
    /// Empty for a member that was added and has not started yet. On CoreOS usually the machine id (facts 5.2).
    public var name: String
    public var peerURLs: [String]
    public var clientURLs: [String]
    /// Has no vote, and counts for no quorum.
    public var isLearner: Bool
    /// Only `etcdctl member list` of 2.3 and later tells.
    public var isLeader: Bool?

    public init(
        id: EtcdMemberID, name: String, peerURLs: [String], clientURLs: [String], isLearner: Bool = false,
        isLeader: Bool? = nil
    ) {
        self.id = id
        self.name = name
        self.peerURLs = peerURLs
        self.clientURLs = clientURLs
        self.isLearner = isLearner
        self.isLeader = isLeader
    }

    public var hasStarted: Bool { !name.isEmpty }
}

/// The members of a cluster, by whichever way they were asked for (facts 6.1, 6.2).
public struct EtcdMembers: Hashable, Sendable {
    public var members: [EtcdMember]

    public init(members: [EtcdMember]) { self.members = members }

    /// `GET /v2/members`.
    public init(v2 body: String) throws(MalformedText) {
        let answer = try JSONText.decode(V2Answer.self, from: body, as: .etcdMembers)
        members = []
        for member in answer.members {
            guard let id = EtcdMemberID(hexadecimal: member.id) else {
                throw .unexpected(.etcdMembers, found: member.id, expected: "a hexadecimal member id")
            }
            members.append(
                EtcdMember(
                    id: id, name: member.name ?? "", peerURLs: member.peerURLs ?? [],
                    clientURLs: member.clientURLs ?? []))
        }
        try refuseEmpty()
    }

    /// `etcdctl member list -w json` of 3.x, and `POST /v3/cluster/member/list` of the gateway.
    public init(v3 body: String) throws(MalformedText) {
        let answer = try JSONText.decode(V3Answer.self, from: body, as: .etcdMembers)
        members = answer.members.map {
            EtcdMember(
                id: EtcdMemberID($0.id.value), name: $0.name ?? "", peerURLs: $0.peerURLs ?? [],
                clientURLs: $0.clientURLs ?? [], isLearner: $0.isLearner ?? false)
        }
        try refuseEmpty()
    }

    /// A cluster has members: none is a failed question, not an answer.
    func refuseEmpty() throws(MalformedText) {
        guard !members.isEmpty else { throw .missing(.etcdMembers, "any member") }
    }

    public subscript(id: EtcdMemberID) -> EtcdMember? { members.first { $0.id == id } }

    /// The members that count for quorum.
    public var voters: [EtcdMember] { members.filter { !$0.isLearner } }

    private struct V2Answer: Decodable {
        var members: [Member]

        struct Member: Decodable {
            var id: String
            var name: String?
            var peerURLs: [String]?
            var clientURLs: [String]?
        }
    }

    private struct V3Answer: Decodable {
        var members: [Member]

        struct Member: Decodable {
            var id: SpelledUInt64
            var name: String?
            var peerURLs: [String]?
            var clientURLs: [String]?
            var isLearner: Bool?

            enum CodingKeys: String, CodingKey {
                case id = "ID"
                case name, peerURLs, clientURLs, isLearner
            }
        }
    }
}
