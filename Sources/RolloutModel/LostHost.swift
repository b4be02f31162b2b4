/// A host that a person declared lost: its hardware is gone, and nobody waits for it any more.
public struct LostHost: Codable, Hashable, Sendable {
    /// The reason in the person's own words.
    public var why: String
    /// The host's etcd member; nil if unknown, or if the host has none.
    public var member: LostMember?

    public init(why: String, member: LostMember? = nil) {
        self.why = why
        self.member = member
    }
}

/// The etcd member of a lost host. The member counts as gone, and keeps its vote until it is removed.
public struct LostMember: Codable, Hashable, Sendable {
    public var id: EtcdMemberID
    public var name: String
    /// The cluster version that etcd had decided on; nil if unknown.
    public var clusterVersion: String?

    public init(id: EtcdMemberID, name: String, clusterVersion: String?) {
        self.id = id
        self.name = name
        self.clusterVersion = clusterVersion
    }

    /// The command that takes it out of etcd, on any other host.
    public var removal: ShellLine { Etcdctl(cluster: clusterVersion).remove(id) }
}

extension EtcdView {
    /// The member that no host but the lost one can have: unhealthy, and of no other host. Every other host must have
    /// told its seat.
    ///
    /// - Parameter others: the seats of all hosts but the lost one.
    /// - Returns: unknown where that is not exactly one; nil where there is none such, as every member is another's.
    public func lostMember(others: [Observation<EtcdSeat>]) -> Observation<LostMember?> {
        var taken: Set<EtcdMemberID> = []
        for seat in others {
            switch seat {
            case .seen(.member(let id, _)): taken.insert(id)
            case .seen(.none): break
            case .seen(.ancient): return .unknown("etcd 0.4 knows no member ids")
            case .unknown(let why): return .unknown("another host does not tell its member: \(why)")
            }
        }
        let left = members.filter { !taken.contains($0.id) }
        guard let only = left.first else { return .seen(nil) }
        guard left.count == 1 else {
            return .unknown("it may be any of \(Names.text(left.map { "\($0.name) (\($0.id))" }))")
        }
        guard only.health != .healthy else {
            return .unknown("member \(only.name) (\(only.id)) is no other host's, and answers")
        }
        return .seen(LostMember(id: only.id, name: only.name, clusterVersion: clusterVersion))
    }
}
