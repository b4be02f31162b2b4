extension Gates {
    /// What fleet ran before the rollout runs again, somewhere, before a host goes and before the next one begins: a
    /// reschedule takes minutes, and units do not move back (facts 0.19).
    func unitReasons(_ checkpoint: Checkpoint, in inventory: Inventory) -> [HoldReason] {
        reasons(
            checkpoint, plan.units, now: inventory.units,
            down: { .unitsDown(units: $0, seenBy: $1) }, unknown: { .unitsUnknown(why: $0, through: $1) })
    }

    /// So do Deis' components, where that is the platform (facts 9.3).
    func deisReasons(_ checkpoint: Checkpoint, in inventory: Inventory) -> [HoldReason] {
        reasons(
            checkpoint, plan.deis, now: inventory.deis,
            down: { .deisDown(components: $0, seenBy: $1) }, unknown: { .deisUnknown(why: $0, through: $1) })
    }

    /// - Parameter before: nil where nobody asks for it.
    private func reasons<Units: RunningUnits>(
        _ checkpoint: Checkpoint, _ before: Units?, now: [HostID: Observation<Units>],
        down: ([String], HostID) -> HoldReason, unknown: (String, HostID?) -> HoldReason
    ) -> [HoldReason] {
        switch checkpoint {
        case .beforeStage, .beforeReboot, .afterCommit: break
        // A host that is out must come home whatever runs elsewhere; its units may wait for that very host.
        case .beforeCommit, .beforeRollback, .afterRollback: return []
        }
        guard let before else { return [] }
        guard !now.isEmpty else { return [unknown("not asked", nil)] }
        return now.sorted { $0.key < $1.key }.flatMap { witness, seen -> [HoldReason] in
            switch seen {
            case .unknown(let why): return [unknown(why, witness)]
            case .seen(let units):
                let missing = units.missing(since: before)
                return missing.isEmpty ? [] : [down(missing, witness)]
            }
        }
    }
}
