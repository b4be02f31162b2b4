extension Gates {
    /// The facts of a host that has come up since it was seen last, and was not told to: on another boot than the one
    /// it was staged in or came back in, or, by this rollout's doing, on a partition that is not marked good. Such a
    /// host is judged as one that came back from its reboot.
    ///
    /// - Returns: nil if the host is where it was left, or if that cannot be told.
    public func cameUp(_ checkpoint: Checkpoint, of host: HostID, in inventory: Inventory) -> HostFacts? {
        guard let facts = inventory.hosts[host]?.value,
            let planned = plan.hosts.first(where: { $0.id == host }),
            facts.machine == planned.machine, facts.partition != nil, let isCommitted = facts.committed
        else { return nil }
        let hasCome =
            switch checkpoint {
            case .beforeStage: !isCommitted && facts.claimedBy == plan.rollout
            case .beforeReboot, .beforeCommit: knownBoot.map { $0 != facts.boot } ?? false
            case .afterCommit, .beforeRollback, .afterRollback: false
            }
        return hasCome ? facts : nil
    }
}
