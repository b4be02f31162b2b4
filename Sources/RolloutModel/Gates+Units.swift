extension Gates {
    /// What fleet ran before the rollout runs again, somewhere, before a host goes and before the next one begins: a
    /// reschedule takes minutes, and units do not move back (facts 0.19).
    func unitReasons(_ checkpoint: Checkpoint, in inventory: Inventory) -> [HoldReason] {
        switch checkpoint {
        case .beforeStage, .beforeReboot, .afterCommit: break
        // A host that is out must come home whatever runs elsewhere; its units may wait for that very host.
        case .beforeCommit, .beforeRollback, .afterRollback: return []
        }
        guard let before = plan.units else { return [] }
        switch inventory.units ?? .unknown("not asked") {
        case .unknown(let why): return [.unitsUnknown(why: why)]
        case .seen(let now):
            let missing = now.missing(since: before)
            return missing.isEmpty ? [] : [.unitsDown(units: missing)]
        }
    }
}
