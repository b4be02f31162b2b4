import HostFiles

/// `GET /v2/keys/…?recursive=true`: a directory of etcd's v2 store with all that is in it, or an error.
struct EtcdDirectory: Decodable {
    var node: Node?
    var errorCode: Int?
    var message: String?

    struct Node: Decodable {
        var key: String
        var dir: Bool?
        var value: String?
        var modifiedIndex: UInt64?
        /// Seconds that are left of it, rounded up; absent where it stays for ever.
        var ttl: Int64?
        var nodes: [Node]?

        /// The last part of its key.
        var name: String { key.split(separator: "/").last.map(String.init) ?? "" }
    }
}
