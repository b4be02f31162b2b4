public import Driving
import Foundation
import HostFiles
public import RolloutModel

/// The hosts that a cluster itself names, as one of them sees it.
public struct HostDiscovery: Sendable {
    private let fleet: FleetReading
    private let etcd: EtcdReading

    /// - Parameter etcdEndpoint: where a host reaches its own etcd.
    public init(shell: HostShell, etcdEndpoint: EtcdEndpoint) {
        fleet = FleetReading(shell: shell)
        etcd = EtcdReading(shell: shell, endpoint: etcdEndpoint)
    }

    public struct Found: Hashable, Sendable {
        /// What the cluster calls it.
        public var name: String
        /// nil where the cluster does not say.
        public var address: String?

        public init(name: String, address: String?) {
            self.name = name
            self.address = address
        }
    }

    /// fleet's machines, at their `public_ip`.
    public func machines(seenBy seed: HostID) async throws(HostFault) -> [Found] {
        try await fleet.list(seenBy: seed).machines.map { Found(name: $0.id, address: $0.address) }
    }

    /// etcd's members, where they serve clients or, failing that, each other.
    public func members(seenBy seed: HostID) async throws(HostFault) -> [Found] {
        try await etcd.members(seenBy: seed).map { member in
            Found(
                name: member.name.isEmpty ? member.id.description : member.name,
                address: (member.clientURLs + member.peerURLs).lazy.compactMap(Self.address).first)
        }
    }

    /// The host of a URL; nil for one that means another host everywhere.
    static func address(_ url: String) -> String? {
        guard let host = URLComponents(string: url)?.host, !host.isEmpty else { return nil }
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        let isLocal =
            bare == "localhost" || bare.hasPrefix("127.") || ["0.0.0.0", "::", "::1"].contains(bare)
        return isLocal ? nil : bare
    }
}
