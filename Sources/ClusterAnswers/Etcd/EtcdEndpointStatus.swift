public import HostFiles

/// An element of `etcdctl endpoint status -w json`, or the answer of the gateway's `/v3/maintenance/status`.
public struct EtcdEndpointStatus: Hashable, Sendable {
    /// nil in the gateway's answer.
    public var endpoint: String?
    public var clusterID: UInt64
    public var memberID: EtcdMemberID
    /// The server's, not the cluster's.
    public var version: EtcdVersion
    /// nil while there is no leader.
    public var leader: EtcdMemberID?
    public var databaseBytes: UInt64
    public var raftIndex: UInt64
    public var raftTerm: UInt64
    /// From 3.4.
    public var raftAppliedIndex: UInt64?
    public var isLearner: Bool
    /// From 3.4: alarms, and the lack of a leader.
    public var errors: [String]

    public static func list(etcdctl json: String) throws(MalformedText) -> [EtcdEndpointStatus] {
        var list: [EtcdEndpointStatus] = []
        for element in try JSONText.decode([Element].self, from: json, as: .etcdEndpointStatus) {
            list.append(try EtcdEndpointStatus(element.status, endpoint: element.endpoint))
        }
        return list
    }

    public init(gateway json: String) throws(MalformedText) {
        try self.init(JSONText.decode(Status.self, from: json, as: .etcdEndpointStatus), endpoint: nil)
    }

    private init(_ status: Status, endpoint: String?) throws(MalformedText) {
        guard let version = EtcdVersion(status.version) else {
            throw .unexpected(.etcdEndpointStatus, found: status.version, expected: "a version of etcd")
        }
        self.endpoint = endpoint
        clusterID = status.header.cluster_id.value
        memberID = EtcdMemberID(status.header.member_id.value)
        self.version = version
        leader = status.leader.flatMap { $0.value == 0 ? nil : EtcdMemberID($0.value) }
        databaseBytes = status.dbSize?.value ?? 0
        raftIndex = status.raftIndex?.value ?? 0
        raftTerm = status.raftTerm?.value ?? 0
        raftAppliedIndex = status.raftAppliedIndex?.value
        isLearner = status.isLearner ?? false
        errors = status.errors ?? []
    }

    private struct Element: Decodable {
        var endpoint: String
        var status: Status

        enum CodingKeys: String, CodingKey {
            case endpoint = "Endpoint"
            case status = "Status"
        }
    }

    /// Numbers that are 0 are left out by both writers.
    private struct Status: Decodable {
        var header: Header
        var version: String
        var leader: SpelledUInt64?
        var dbSize: SpelledUInt64?
        var raftIndex: SpelledUInt64?
        var raftTerm: SpelledUInt64?
        var raftAppliedIndex: SpelledUInt64?
        var isLearner: Bool?
        var errors: [String]?

        struct Header: Decodable {
            var cluster_id: SpelledUInt64
            var member_id: SpelledUInt64
        }
    }
}
