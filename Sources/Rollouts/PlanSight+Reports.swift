import AgentProtocol
import RolloutModel

extension PlanSight {
    /// The sight of a plan by its hosts' reports alone.
    init(_ plan: Plan, places: [HostID: String], reports: [HostID: Observation<HostReport>]) {
        let told = plan.hosts.compactMap { host in reports[host.id]?.value.map { (host, $0) } }
        self.init(
            places: places, etcd: nil, gates: nil,
            changes: told.compactMap { HostChange(plan, $0, $1) },
            releases: Self.releases(plan, told))
    }

    /// The changes of release, none twice, in the order of the hosts.
    private static func releases(
        _ plan: Plan, _ told: [(host: PlannedHost, report: HostReport)]
    ) -> [ReleaseChange] {
        guard let target = plan.target.pinned else { return [] }
        var changes: [ReleaseChange] = []
        for (host, report) in told {
            let kind = report.distribution.flatMap { Distribution(rawValue: $0) }
            guard let change = ReleaseTable.known.change(from: host.version, of: kind, to: target),
                !changes.contains(change)
            else { continue }
            changes.append(change)
        }
        return changes
    }
}

extension HostChange {
    /// nil where nothing changes: no host that runs the target is touched.
    init?(_ plan: Plan, _ host: PlannedHost, _ report: HostReport) {
        guard host.version != plan.target.pinned else { return nil }
        let wished = [("GROUP", report.group, plan.group), ("SERVER", report.updateServer, plan.server)]
        self.init(
            host: host.id,
            settings: wished.compactMap { key, was, becomes in
                guard let becomes, becomes != was else { return nil }
                return Setting(key: key, was: was.map { ForeignText.line($0) }, becomes: becomes)
            }, engine: report.engine.flatMap { Engine($0, plan.engineRest) },
            partition: report.partitions.map { ForeignText.line($0.other.label) })
    }
}

extension HostChange.Engine {
    /// nil where the unit is left as it was found.
    fileprivate init?(_ unit: EngineUnit, _ rest: EngineRest) {
        let isMasked = unit.loadState == "masked" || unit.unitFileState.hasPrefix("masked")
        guard rest == .masked, !isMasked, unit.loadState != "not-found" else { return nil }
        self.init(
            was: [unit.unitFileState, unit.activeState].map { ForeignText.line($0) },
            becomes: ["masked", "inactive"])
    }
}
