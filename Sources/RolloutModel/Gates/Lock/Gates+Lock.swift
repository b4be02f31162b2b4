extension Gates {
    /// The cluster must be ours, by where its lock is kept; and no agent may be held by another.
    func lockReasons(_ checkpoint: Checkpoint, in inventory: Inventory) -> [HoldReason] {
        var reasons = isWayBack(checkpoint, in: inventory) ? [] : keptReasons(inventory.lock)
        let holders = plan.hosts.compactMap { inventory.hosts[$0.id]?.value?.holder }
        if let other = holders.first(where: { $0.rollout != plan.rollout }),
            !reasons.contains(where: { $0.lockHolder?.rollout == other.rollout })
        {
            reasons.append(.lock(.lockHeld(by: other)))
        }
        return reasons
    }

    /// True if another rollout has the cluster, which no waiting gives back. A rollout that came too late releases an
    /// agent by itself while the cluster is ours, and does not count.
    public func isLockGone(_ reasons: [HoldReason], in inventory: Inventory) -> Bool {
        let isOurs = token != nil && inventory.lock != nil && keptReasons(inventory.lock).isEmpty
        return !isOurs && reasons.contains(where: \.isNotOurs)
    }

    /// - Parameter lock: nil where nobody asked for it.
    private func keptReasons(_ lock: Observation<LockHolder?>?) -> [HoldReason] {
        switch lock {
        case nil:
            return []
        case .unknown(let why)?:
            return [.lock(.lockUnknown(why: why))]
        case .seen(let holder)?:
            if let holder, holder.rollout != plan.rollout { return [.lock(.lockHeld(by: holder))] }
            // Before it began nobody's is as good as ours.
            guard let token else { return [] }
            // A lower one is ours of before: it was taken again where the store could not be asked. A higher one is another's.
            guard let holder, holder.token <= token else { return [.lock(.lockLost)] }
            return []
        }
    }

    /// True if a host is being rolled back, the store of the lock cannot be asked, and most agents have us under our
    /// token. The store may be silent for want of that very host, and no other rollout gets the cluster past those
    /// agents.
    private func isWayBack(_ checkpoint: Checkpoint, in inventory: Inventory) -> Bool {
        guard checkpoint == .beforeRollback || checkpoint == .afterRollback,
            case .unknown? = inventory.lock, let token
        else { return false }
        let holder = LockHolder.byMajority(
            of: plan.hosts.map(\.id), claims: inventory.hosts.mapValues { $0.map(\.holder) })
        return holder.value??.rollout == plan.rollout && holder.value??.token == token
    }
}
