/// The things that were seen when a plan was made, and that are shown beside it. Nothing is decided by them.
public struct PlanSight: Hashable, Sendable {
    /// The reasons for the places of hosts, as far as the order has reasons.
    public var places: [HostID: String]
    /// The effect on etcd; nil where etcd is not asked for, or no host has a member.
    public var etcd: EtcdOutlook?
    /// The answer of each gate before the first host; nil where the gates were not asked.
    public var gates: GateBoard?
    /// In the order of the plan; hosts that are left as they are have none.
    public var changes: [HostChange]
    /// The change from each release that hosts run; empty while the target is not known.
    public var releases: [ReleaseChange]

    public init(
        places: [HostID: String], etcd: EtcdOutlook?, gates: GateBoard?, changes: [HostChange],
        releases: [ReleaseChange]
    ) {
        self.places = places
        self.etcd = etcd
        self.gates = gates
        self.changes = changes
        self.releases = releases
    }

    public static let none = PlanSight(places: [:], etcd: nil, gates: nil, changes: [], releases: [])
}
