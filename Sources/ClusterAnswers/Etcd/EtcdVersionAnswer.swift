public import HostFiles

/// `GET /version` on a client port, of every era (facts 6.1).
public struct EtcdVersionAnswer: Hashable, Sendable {
    /// Of the member that answered.
    public var server: EtcdVersion
    /// The version that the cluster agreed on; nil before 2.1, which has none, and while it is not decided.
    public var cluster: EtcdVersion?

    public init(server: EtcdVersion, cluster: EtcdVersion?) {
        self.server = server
        self.cluster = cluster
    }

    /// `etcd 0.4.9`, `etcd 2.0.10`, or `{"etcdserver":"2.3.7","etcdcluster":"2.3.0"}`.
    ///
    /// - Throws: `MalformedText` also for a version that is no version: unknown is not old.
    public init(_ body: String) throws(MalformedText) {
        try TextBounds.small.check(body, as: .etcdVersion)
        let text = body.utf8.first == UInt8(ascii: "{") ? nil : body[...].trimmingNewline
        if let text {
            guard let server = text.after("etcd ").flatMap({ EtcdVersion(String($0)) }) else {
                throw .unexpected(.etcdVersion, found: text, expected: "etcd and a version, or JSON")
            }
            self.server = server
            cluster = nil
            return
        }
        let answer = try JSONText.decode(Answer.self, from: body, as: .etcdVersion)
        server = try Self.version(answer.etcdserver, field: "etcdserver")
        cluster =
            switch answer.etcdcluster {
            case nil, "", "not_decided": nil
            case .some(let decided): try Self.version(decided, field: "etcdcluster")
            }
    }

    private struct Answer: Decodable {
        var etcdserver: String
        var etcdcluster: String?
    }

    private static func version(_ text: String, field: String) throws(MalformedText) -> EtcdVersion {
        guard let version = EtcdVersion(text) else {
            throw .unexpected(.etcdVersion, found: text, expected: "a version in \(field)")
        }
        return version
    }
}

extension Substring {
    var trimmingNewline: Substring { before(suffix: "\n")?.trimmingBlanks ?? trimmingBlanks }
}
