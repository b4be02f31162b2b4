import ClusterAnswers
public import Rollouts
public import Vocabulary

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
        /// The host's name in the cluster.
        public var name: String
        /// nil if the cluster does not tell an address.
        public var address: String?
        /// An address in the cluster's list that leads every machine to itself, such as 127.0.0.1.
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

    /// etcd's members, where they serve clients or, failing that, each other. A place that several members name is a
    /// balancer's, or a name for all of them, and no host's.
    public func members(seenBy seed: HostID) async throws(HostFault) -> [Found] {
        let places = try await etcd.members(seenBy: seed).map { member in
            (member: member, places: (member.clientURLs + member.peerURLs).compactMap(Self.address))
        }
        var claims: [String: Int] = [:]
        for place in places.flatMap({ Set($0.places) }) { claims[place, default: 0] += 1 }
        return places.map { member, places in
            // Members of one machine share it; each other's peer they reach at no balancer.
            let address =
                places.first { claims[$0] == 1 } ?? member.peerURLs.lazy.compactMap(Self.address).first
            let own = (member.clientURLs + member.peerURLs).lazy.compactMap { EtcdAddress($0) }.first(
                where: \.isLocal)
            return Found(
                name: member.name.isEmpty ? member.id.description : member.name, address: address,
                ownAddress: address == nil ? own?.host : nil)
        }
    }

    /// The host of a URL; nil for one that means another host everywhere.
    static func address(_ url: String) -> String? {
        guard let address = EtcdAddress(url), !address.isLocal else { return nil }
        return address.host + (address.zone.map { "%\($0)" } ?? "")
    }

    /// An address, or a name, by which every machine means itself, in whatever form the resolver takes it: 127.1,
    /// 0x7f000001 and 0 are addresses, too.
    static func isOwn(_ place: String) -> Bool { EtcdAddress.isLocal(host: place) }
}
