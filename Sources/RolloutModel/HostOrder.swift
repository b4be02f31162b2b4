/// In what order hosts are upgraded.
public enum HostOrder: Codable, Hashable, Sendable, CustomStringConvertible {
    /// As they were listed.
    case given
    /// The host that has etcd's leader last: every election is one more moment without a leader.
    case leaderLast
    /// Hosts with the same value of this key of fleet's metadata one after another: one rack, then the next.
    case metadata(key: String)

    /// `given`, `leader-last`, `metadata:KEY`; nil for anything else.
    public init?(_ text: String) {
        switch text {
        case "given": self = .given
        case "leader-last": self = .leaderLast
        default:
            let prefix = "metadata:"
            let key = text.dropFirst(prefix.count)
            // fleet's keys and values stand in one column, parted by these.
            guard text.hasPrefix(prefix), !key.isEmpty,
                !key.contains(where: { $0.isWhitespace || $0 == "=" || $0 == "," })
            else { return nil }
            self = .metadata(key: String(key))
        }
    }

    public var description: String {
        switch self {
        case .given: "given"
        case .leaderLast: "leader-last"
        case .metadata(let key): "metadata:\(key)"
        }
    }

    /// The hosts in this order. Hosts that it says nothing about keep the order they are in.
    ///
    /// - Parameters:
    ///   - leader: the host that has etcd's leader; nil where none of these has.
    ///   - metadata: fleet's, of each host. Hosts without the key come last.
    public func arranged(
        _ hosts: [HostID], leader: HostID?, metadata: [HostID: [String: String]]
    ) -> [HostID] {
        switch self {
        case .given: return hosts
        case .leaderLast: return hosts.filter { $0 != leader } + hosts.filter { $0 == leader }
        case .metadata(let key):
            var values: [String?] = []
            for value in hosts.map({ metadata[$0]?[key] }) where !values.contains(value) {
                values.append(value)
            }
            let known = values.filter { $0 != nil } + [nil]
            return known.flatMap { value in hosts.filter { metadata[$0]?[key] == value } }
        }
    }
}
