extension Gates {
    /// The cluster must be ours, by where its lock is kept; and no agent may be held by another.
    func lockReasons(in inventory: Inventory) -> [HoldReason] {
        var reasons = keptReasons(inventory.lock)
        let holders = plan.hosts.compactMap { inventory.hosts[$0.id]?.value?.holder }
        if let other = holders.first(where: { $0.rollout != plan.rollout }),
            !reasons.contains(where: { $0.lockHolder?.rollout == other.rollout })
        {
            reasons.append(.lockHeld(by: other))
        }
        return reasons
    }

    /// - Parameter lock: nil where nobody asked for it.
    private func keptReasons(_ lock: Observation<LockHolder?>?) -> [HoldReason] {
        switch lock {
        case nil:
            return []
        case .unknown(let why)?:
            return [.lockUnknown(why: why)]
        case .seen(let holder)?:
            if let holder, holder.rollout != plan.rollout { return [.lockHeld(by: holder)] }
            // Before it began nobody's is as good as ours.
            guard let token else { return [] }
            return holder?.token == token ? [] : [.lockLost]
        }
    }
}
