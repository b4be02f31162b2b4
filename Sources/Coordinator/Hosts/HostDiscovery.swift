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
        /// Where the cluster says that it is, and everybody finds themselves.
        public var ownAddress: String?

        public init(name: String, address: String?, ownAddress: String? = nil) {
            self.name = name
            self.address = address
            self.ownAddress = ownAddress
        }
    }

    /// fleet's machines, at their `public_ip`.
    public func machines(seenBy seed: HostID) async throws(HostFault) -> [Found] {
        try await fleet.list(seenBy: seed).machines.map { machine in
            let isOwn = machine.address.map(Self.isOwn) ?? false
            return Found(
                name: machine.id, address: isOwn ? nil : machine.address,
                ownAddress: isOwn ? machine.address : nil)
        }
    }

    /// etcd's members, where they serve clients or, failing that, each other.
    public func members(seenBy seed: HostID) async throws(HostFault) -> [Found] {
        try await etcd.members(seenBy: seed).map { member in
            let hosts = (member.clientURLs + member.peerURLs).compactMap(Self.host)
            let address = hosts.first { !Self.isOwn($0) }
            return Found(
                name: member.name.isEmpty ? member.id.description : member.name, address: address,
                ownAddress: address == nil ? hosts.first : nil)
        }
    }

    /// The host of a URL.
    static func host(_ url: String) -> String? {
        guard let host = URLComponents(string: url)?.host, !host.isEmpty else { return nil }
        return host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    }

    /// An address, or a name, by which every machine means itself, in whatever form the resolver takes it.
    static func isOwn(_ place: String) -> Bool {
        var name = place.lowercased()[...]
        while name.last == "." { name.removeLast() }
        if name == "localhost" || name.hasSuffix(".localhost") || name.hasPrefix("localhost.localdomain")
            || name.hasPrefix("localhost4") || name.hasPrefix("localhost6") || name == "ip6-localhost"
            || name == "ip6-loopback"
        {
            return true
        }
        // 127.1, 0x7f000001 and 0 are addresses, too.
        var four = in_addr()
        if inet_aton(String(name), &four) != 0 {
            return [0, 127].contains(UInt32(bigEndian: four.s_addr) >> 24)
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, String(name.prefix { $0 != "%" }), &six) == 1 else { return false }
        let bytes = withUnsafeBytes(of: six) { Array($0) }
        guard bytes.prefix(10).allSatisfy({ $0 == 0 }) else { return false }
        // Of IPv4 within IPv6: mapped, or compatible, which :: and ::1 are among.
        let prefix = Array(bytes[10..<12])
        return prefix == [0, 0] || prefix == [0xff, 0xff] && [0, 127].contains(bytes[12])
    }
}
