extension Gates {
    /// No host may reboot itself while one of ours is out: locksmith's semaphore must be wholly this rollout's.
    ///
    /// - Parameter history: as `verdict` is given it.
    func semaphoreReasons(_ checkpoint: Checkpoint, history: [Inventory]) -> [HoldReason] {
        guard checkpoint.isBeforeBoot, let latest = history.last else { return [] }
        switch latest.semaphores {
        case nil:
            return []
        case .unknown(let why)?:
            // The host that is out may be the one that is missed: its way back does not wait for it.
            return checkpoint == .beforeRollback ? [] : [.semaphore(.semaphoreUnknown(why: why))]
        case .seen(let semaphores)?:
            // Another rollout that has the cluster, too, is named for that.
            let known = [plan.rollout, latest.lock?.value.flatMap(\.self)?.rollout].compactMap(\.self)
            return semaphores.compactMap { reason($0, besides: known, history) }
                + closedReasons(checkpoint, semaphores)
        }
    }

    /// Somebody's word that no host may reboot now; one that is out comes home all the same.
    private func closedReasons(_ checkpoint: Checkpoint, _ semaphores: [RebootSemaphore]) -> [HoldReason] {
        guard checkpoint != .beforeRollback else { return [] }
        return semaphores.filter(\.isClosed).map {
            .semaphore(.semaphoreClosed(group: $0.groupName, max: $0.max))
        }
    }

    /// True if the rollout is to take the free slots now.
    public func takesSemaphores(_ checkpoint: Checkpoint, in inventory: Inventory) -> Bool {
        guard token != nil, lockReasons(checkpoint, in: inventory).isEmpty else { return false }
        return inventory.semaphores?.value?.contains { $0.available > 0 } == true
    }

    /// The part of a history that counts: while the semaphore was not ours, any host may have rebooted.
    func evidence(_ checkpoint: Checkpoint, in history: [Inventory]) -> [Inventory] {
        guard token != nil, checkpoint.isBeforeBoot,
            // A semaphore that is not ours now holds by itself.
            let last = history.lastIndex(where: { !isReserved($0) }), last < history.count - 1
        else { return history }
        return Array(history[(last + 1)...])
    }

    private func isReserved(_ inventory: Inventory) -> Bool {
        inventory.semaphores?.value?.allSatisfy { $0.isReserved(for: plan.rollout) } ?? true
    }

    private func reason(
        _ semaphore: RebootSemaphore, besides known: [RolloutID], _ history: [Inventory]
    ) -> HoldReason? {
        let others = semaphore.others(than: known)
        guard others.isEmpty else {
            let hosts = plan.hosts
            let holders = others.map { id in
                SemaphoreHolder(id: id, host: hosts.first { $0.machine.rawValue == id }?.id)
            }
            return .semaphore(
                .semaphoreHeld(
                    group: semaphore.groupName, by: holders,
                    seen: time(heldBy: others, semaphore, history)))
        }
        // Before it began nobody's is as good as ours.
        guard token != nil, semaphore.available > 0 else { return nil }
        return .semaphore(.semaphoreFree(group: semaphore.groupName, slots: semaphore.available))
    }

    /// For how long all of these have been seen to have it.
    private func time(
        heldBy others: [String], _ semaphore: RebootSemaphore, _ history: [Inventory]
    ) -> Duration {
        let held = history.reversed().prefix { inventory in
            let then = inventory.semaphores?.value?.first { $0.group == semaphore.group }
            return then.map { Set(others).isSubset(of: $0.holders) } ?? false
        }
        guard let first = held.last, let latest = history.last else { return .zero }
        return latest.takenAt - first.takenAt
    }
}

extension Checkpoint {
    /// A host's boot may end soon after it.
    var isBeforeBoot: Bool {
        switch self {
        case .beforeStage, .beforeReboot, .beforeRollback: true
        case .beforeCommit, .afterCommit, .afterRollback: false
        }
    }
}
