import RolloutModel

/// The things that were seen when a plan was made, as its report has them.
struct PlanSeen {
    /// The reasons for the places of hosts, by their names.
    var places: [String: String]
    var etcd: EtcdOutlook?
    /// nil where the gates were not asked.
    var gates: [GateReport.Gate]?
    var changes: [HostChange]
    var releases: [ReleaseChange]

    static let nothing = PlanSeen(places: [:], etcd: nil, gates: nil, changes: [], releases: [])
}

extension PlanSeen {
    /// - Parameter invocation: completes the commands in the texts.
    init(_ sight: PlanSight, _ invocation: Invocation) {
        self.init(
            places: Dictionary(
                sight.places.map { ($0.rawValue, $1) }, uniquingKeysWith: { first, _ in first }),
            etcd: sight.etcd, gates: sight.gates.map { GateReport($0, invocation).gates },
            changes: sight.changes, releases: sight.releases)
    }
}
