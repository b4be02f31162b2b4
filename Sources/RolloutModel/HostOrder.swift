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

    /// Hosts in an order, with the reasons for their places.
    public struct Arrangement: Hashable, Sendable {
        public var hosts: [HostID]
        /// Of the hosts that the order says something about.
        public var reasons: [HostID: String]

        public init(_ hosts: [HostID], reasons: [HostID: String]) {
            self.hosts = hosts
            self.reasons = reasons
        }

        /// As they were listed.
        public static func listed(_ hosts: [HostID]) -> Arrangement { Arrangement(hosts, reasons: [:]) }
    }

    /// The hosts in this order, and why each is in its place. Parameters are those of `arranged`.
    public func arrangement(
        of hosts: [HostID], leader: HostID?, metadata: [HostID: [String: String]]
    ) -> Arrangement {
        var reasons: [HostID: String] = [:]
        switch self {
        case .given: break
        case .leaderLast:
            if let leader, hosts.contains(leader) { reasons[leader] = "it has etcd's leader now" }
        case .metadata(let key):
            for host in hosts {
                reasons[host] =
                    metadata[host]?[key].map { "fleet's \(key)=\($0)" } ?? "fleet has no \(key) of it"
            }
        }
        return Arrangement(arranged(hosts, leader: leader, metadata: metadata), reasons: reasons)
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
