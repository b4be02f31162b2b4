/// Whether etcd may take the step that a release makes it take.
extension Gates {
    /// It is back on the target, and has not kept it yet.
    func arrivalReasons(
        of host: HostID, in inventory: Inventory, _ target: Version
    ) -> [HoldReason] {
        guard settings.etcd != nil, let facts = inventory.hosts[host]?.value, facts.version == target else {
            return []
        }
        switch inventory.seats[host] ?? .unknown("not asked") {
        case .unknown(let why): return [.etcdSeatUnknown(host: host, why: why)]
        case .seen(.none): return []
        case .seen(.ancient(let server)): return [.etcdTooOld(host: host, etcd: server)]
        case .seen(.member(_, nil)):
            return [.etcdSeatUnknown(host: host, why: "its etcd does not say which version it is")]
        case .seen(.member(let seat, let server?)):
            if let differing = differing(server, on: host) { return differing }
            guard let minor = EtcdMinor(server) else {
                return [.etcdSeatUnknown(host: host, why: "'\(server)' is no version of etcd")]
            }
            let others = lowest(in: inventory, without: seat, or: server)
            // One that stayed behind runs, which a server below the cluster version would not.
            if let others, minor < others { return [] }
            return jumpReasons(host, from: others, to: minor, facts, target)
        }
    }

    /// - Parameter from: the lowest of the members that count; nil where that is not known.
    func jumpReasons(
        _ host: HostID, from: EtcdMinor?, to: EtcdMinor, _ facts: HostFacts, _ target: Version
    ) -> [HoldReason] {
        guard let from else {
            return [.etcdUnknown(why: "which versions its members run is not known")]
        }
        switch EtcdCompatibility.verdict(from: from, to: to) {
        case .allowed: return []
        case .forbidden(let rule):
            return [
                .etcdJump(
                    host: host, from: from.description, to: to.description, target: target, rule: rule,
                    through: waypoint(facts, from, target))
            ]
        }
    }

    /// The release to go through instead, where one brings the version between.
    private func waypoint(_ facts: HostFacts, _ from: EtcdMinor, _ target: Version) -> Version? {
        guard let next = EtcdCompatibility.next(after: from) else { return nil }
        let part: ReleasePart = from.major < 3 ? .etcd2 : .etcdMember
        return releases.waypoint(
            from: facts.version, of: facts.distribution, to: target, bringing: next, in: part)
    }

    /// The lowest version among the members; where some do not say theirs, what the cluster agreed on, which is never above
    /// it (facts 6.3).
    ///
    /// - Parameters:
    ///   - seat: a member that is not counted.
    ///   - server: the version of a member, which decides where nobody else says anything.
    func lowest(
        in inventory: Inventory, without seat: EtcdMemberID? = nil, or server: String
    ) -> EtcdMinor? {
        guard let view = inventory.etcd.values.lazy.compactMap(\.value).first else { return nil }
        let versions = view.members.filter { $0.id != seat }.map { $0.version.flatMap { EtcdMinor($0) } }
        if let lowest = versions.compactMap(\.self).min(), !versions.contains(nil) { return lowest }
        if versions.isEmpty { return EtcdMinor(server) }
        return view.clusterVersion.flatMap { EtcdMinor($0) }
    }
}
