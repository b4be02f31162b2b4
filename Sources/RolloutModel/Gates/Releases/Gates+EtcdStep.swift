/// The gate on the step that a release makes etcd take.
extension Gates {
    /// The reasons against a host that is back on the target, and not committed yet.
    func arrivalReasons(
        of host: HostID, in inventory: Inventory, _ target: Version
    ) -> [HoldReason] {
        guard settings.etcd != nil, let facts = inventory.hosts[host]?.value, facts.version == target else {
            return []
        }
        switch inventory.seats[host] ?? .unknown("not asked") {
        case .unknown(let why):
            return forbiddenReasons(host, facts, in: inventory, target)
                ?? [.etcd(.etcdSeatUnknown(host: host, why: why))]
        case .seen(.none): return []
        case .seen(.ancient(let server)): return [.etcd(.etcdTooOld(host: host, etcd: server))]
        case .seen(.member(_, nil)):
            return [.etcd(.etcdSeatUnknown(host: host, why: "its etcd does not say which version it is"))]
        case .seen(.member(let seat, let server?)):
            if let differing = differing(server, on: host) { return differing }
            guard EtcdMinor(server) != nil else {
                return [.etcd(.etcdSeatUnknown(host: host, why: "'\(server)' is no version of etcd"))]
            }
            if let forbidden = forbiddenReasons(host, facts, in: inventory, target) { return forbidden }
            // A member that stayed on the old version runs, which a server below the cluster version would not.
            return lowest(in: inventory, without: seat, or: server) == nil
                ? [.etcd(.etcdUnknown(why: "which versions its members run is not known"))] : []
        }
    }

    /// The reasons for a step of the host's etcd that etcd's own rules forbid; nil if there was none, or if that is not
    /// known.
    private func forbiddenReasons(
        _ host: HostID, _ facts: HostFacts, in inventory: Inventory, _ target: Version
    ) -> [HoldReason]? {
        guard let step = step(of: host, facts, in: inventory), step.to > step.from,
            let rule = EtcdCompatibility.isForbidden(from: step.from, to: step.to)
        else { return nil }
        let goesBack = before(facts).map { EtcdWayBack(to: $0, from: step.to) == .open } ?? false
        return [
            .release(
                .etcdJumped(
                    host: host, from: step.from.description, to: step.to.description, target: target,
                    rule: rule,
                    goesBack: goesBack))
        ]
    }

    func before(_ facts: HostFacts) -> EtcdMinor? { facts.etcdBefore.flatMap { EtcdMinor($0) } }

    /// From the lowest of the others, or what ran there before where they are silent, to what runs there now.
    func step(
        of host: HostID, _ facts: HostFacts, in inventory: Inventory
    ) -> (from: EtcdMinor, to: EtcdMinor)? {
        guard let to = since(host, facts, in: inventory) else { return nil }
        var others: EtcdMinor?
        if case .seen(.member(let seat, let server?))? = inventory.seats[host] {
            others = lowest(in: inventory, without: seat, or: server)
        }
        return (others ?? before(facts)).map { ($0, to) }
    }

    /// The etcd that has run on a host since it runs its present release, by the surest who tells.
    func since(_ host: HostID, _ facts: HostFacts, in inventory: Inventory) -> EtcdMinor? {
        if case .seen(.member(_, let server?))? = inventory.seats[host] { return EtcdMinor(server) }
        if let staged = facts.staged(for: facts.version)?.minor { return staged }
        if facts.etcd?.origin == .own { return facts.etcd?.minor ?? before(facts) }
        if let told = etcdAfter.flatMap({ EtcdMinor($0) }) { return told }
        if case .seen(let learned)? = learned(of: facts.version, in: inventory), learned.host != host {
            return EtcdMinor(learned.server)
        }
        guard case .release(let part?)? = facts.etcd?.origin else { return nil }
        return releases.target(facts.version, of: facts.distribution)?.ships(part).version
            .flatMap { EtcdMinor($0) }
    }

    /// - Parameter from: the lowest of the members that count; nil where that is not known.
    func jumpReasons(
        _ host: HostID, from: EtcdMinor?, to: EtcdMinor, _ facts: HostFacts, _ target: Version
    ) -> [HoldReason] {
        guard let from else {
            return [.etcd(.etcdUnknown(why: "which versions its members run is not known"))]
        }
        switch EtcdCompatibility.verdict(from: from, to: to) {
        case .allowed: return []
        case .forbidden(let rule):
            return [
                .release(
                    .etcdJump(
                        host: host, from: from.description, to: to.description, target: target, rule: rule,
                        through: waypoint(facts, from, target)))
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
