import RolloutModel

/// Hosts that reboot themselves, each when it has locksmith's semaphore.
extension World {
    /// A host wants to reboot, as locksmithd does: it takes a slot with its machine-id, and goes.
    ///
    /// - Returns: whether it went; nil where it does not want to.
    mutating func rebootItself(_ id: HostID, at now: Moment) -> Bool? {
        guard let host = hosts[id], host.isServing(at: now), host.isCommitted, !host.isArmed,
            hasQuorum(at: now), let semaphore, !semaphore.holders.contains(host.machine.rawValue)
        else { return nil }
        guard semaphore.available > 0 else { return false }
        write(semaphore.holders + [host.machine.rawValue])
        hosts[id]?.goDown(at: now, for: pace.reboot.lowerBound)
        settle(at: now)
        return true
    }

    /// Hosts that are back give their slots back, while there is an etcd to write to.
    ///
    /// - Returns: whether any has one still.
    mutating func letSlotsGo(at now: Moment) -> Bool {
        guard let semaphore else { return false }
        let own = order.compactMap { hosts[$0] }.filter { semaphore.holders.contains($0.machine.rawValue) }
        let done = hasQuorum(at: now) ? own.filter { $0.isServing(at: now) }.map(\.machine.rawValue) : []
        if !done.isEmpty { write(semaphore.holders.filter { !done.contains($0) }) }
        return done.count < own.count
    }

    /// No host can reboot itself by it.
    func isReserved(for rollout: RolloutID) -> Bool { semaphore?.isReserved(for: rollout) ?? true }

    private mutating func write(_ holders: [String]) {
        semaphore?.holders = holders.sorted()
        semaphoreRevision += 1
    }
}
