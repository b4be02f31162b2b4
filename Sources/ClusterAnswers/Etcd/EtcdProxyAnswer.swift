import HostFiles

/// `GET /v2/config/local/proxy` of an etcd2 that runs as a proxy: the members it hands requests on to. A member has no such
/// path.
public enum EtcdProxyAnswer {
    public static func isOne(_ body: String) -> Bool {
        (try? JSONText.decode(Answer.self, from: body, as: .etcdMembers)) != nil
    }

    private struct Answer: Decodable {
        var endpoints: [String]
    }
}
