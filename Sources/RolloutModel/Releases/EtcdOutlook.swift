/// The changes to etcd in a rollout, as far as known before it begins; printed in the plan.
public struct EtcdOutlook: Codable, Hashable, Sendable {
    /// The hosts with a member, in the order they are upgraded.
    public var members: [Member]
    /// nil if there is none, or if it is not known yet.
    public var pointOfNoReturn: PointOfNoReturn?

    public struct Member: Codable, Hashable, Sendable {
        public var host: HostID
        /// `2.3.7`
        public var runs: String
        /// `3.0`; nil if not known beforehand.
        public var brings: String?
        /// The source of `brings`.
        public var by: EtcdForecast.Source?
        /// Why `brings` is unknown, in words.
        public var why: String?

        public init(
            host: HostID, runs: String, brings: String? = nil, by: EtcdForecast.Source? = nil,
            why: String? = nil
        ) {
            self.host = host
            self.runs = runs
            self.brings = brings
            self.by = by
            self.why = why
        }
    }

    /// The last member of the old minor version, or the first member whose own data allows no way back.
    public struct PointOfNoReturn: Codable, Hashable, Sendable {
        public var host: HostID
        public var from: String
        public var to: String
        /// True if every host that takes this step loses its way back, and not only the cluster with its last member.
        public var isOfEachMember: Bool?

        public init(host: HostID, from: String, to: String, isOfEachMember: Bool? = nil) {
            self.host = host
            self.from = from
            self.to = to
            self.isOfEachMember = isOfEachMember
        }
    }

    public init(members: [Member], pointOfNoReturn: PointOfNoReturn?) {
        self.members = members
        self.pointOfNoReturn = pointOfNoReturn
    }
}

extension Gates {
    /// - Parameter inventory: with the seats of all hosts.
    public func etcdOutlook(in inventory: Inventory) -> EtcdOutlook? {
        guard settings.etcd != nil else { return nil }
        let members = plan.hosts.compactMap { member(of: $0.id, in: inventory) }
        guard !members.isEmpty else { return nil }
        return EtcdOutlook(
            members: members,
            pointOfNoReturn: memberPoint(members, in: inventory) ?? pointOfNoReturn(members, in: inventory))
    }

    private func member(of host: HostID, in inventory: Inventory) -> EtcdOutlook.Member? {
        let server: String
        switch inventory.seats[host]?.value {
        case .member(_, let version?), .ancient(let version): server = version
        case .member(_, nil), .some(.none), nil: return nil
        }
        var member = EtcdOutlook.Member(host: host, runs: server)
        guard !plan.isBystander(host) else {
            member.why = "the host is not to be upgraded"
            return member
        }
        guard let target else {
            member.why = "which one comes is known once the first host has been offered a release"
            return member
        }
        guard let facts = inventory.hosts[host]?.value else { return member }
        guard facts.version != target else {
            (member.brings, member.by) = (EtcdMinor(server)?.description, .learned)
            return member
        }
        let learned = learned(of: target, in: inventory)?.value?.server
        switch forecast(server, facts, learned: learned, target) {
        case .brings(let minor, let source): (member.brings, member.by) = (minor.description, source)
        case .lacks(let part): member.why = "\(target) has no \(part.words)"
        case .apart:
            member.why = "it is not the one that \(facts.version) brings" + Self.howToKnow(facts)
        case .unknown(let why): member.why = why + Self.howToKnow(facts)
        }
        return member
    }

    private static func howToKnow(_ facts: HostFacts) -> String {
        facts.etcd == nil
            ? "; say what comes with --etcd-after"
            : "; what comes is read from the partition once it is staged"
    }

    /// The first host whose member does not start on its old etcd any more, once the new one has run.
    private func memberPoint(
        _ members: [EtcdOutlook.Member], in inventory: Inventory
    ) -> EtcdOutlook.PointOfNoReturn? {
        for member in members where inventory.hosts[member.host]?.value?.version != target {
            guard let old = EtcdMinor(member.runs), let new = member.brings.flatMap({ EtcdMinor($0) }),
                old < new, old.major > 0, EtcdWayBack(to: old, from: new) != .open
            else { continue }
            return .init(
                host: member.host, from: old.description, to: new.description, isOfEachMember: true)
        }
        return nil
    }

    /// The host with which the lowest version among all members rises.
    private func pointOfNoReturn(
        _ members: [EtcdOutlook.Member], in inventory: Inventory
    ) -> EtcdOutlook.PointOfNoReturn? {
        guard let view = inventory.etcd.values.lazy.compactMap(\.value).first else { return nil }
        var minors: [EtcdMemberID: EtcdMinor] = [:]
        for member in view.members {
            guard let minor = member.version.flatMap({ EtcdMinor($0) }) else { return nil }
            minors[member.id] = minor
        }
        guard let from = minors.values.min() else { return nil }
        for member in members where !plan.isBystander(member.host) {
            guard case .seen(.member(let seat, _))? = inventory.seats[member.host],
                let minor = member.brings.flatMap({ EtcdMinor($0) })
            else { return nil }
            minors[seat] = minor
            guard let to = minors.values.min(), to > from else { continue }
            return .init(host: member.host, from: from.description, to: to.description)
        }
        return nil
    }
}
