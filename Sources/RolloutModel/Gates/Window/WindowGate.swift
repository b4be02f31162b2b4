/// A maintenance window is open, and long enough for a host. The gate needs no plan.
struct WindowGate {
    var settings: GateSettings.Windows

    /// No host is taken out while every window is shut, or when there is not time enough left for it. A host that is out
    /// is brought home at any hour.
    func holds(_ checkpoint: Checkpoint, of host: HostID, in inventory: Inventory) -> [WindowHold] {
        let neededMinutes: Int
        switch checkpoint {
        case .beforeStage: neededMinutes = settings.minutesPerHost
        // Staging has taken its part of them.
        case .beforeReboot: neededMinutes = 0
        case .beforeCommit, .afterCommit, .beforeRollback, .afterRollback: return []
        }
        let holds = holds(at: inventory.localTime)
        guard holds.isEmpty, let left = inventory.localTime.flatMap(minutesLeft), left < neededMinutes else {
            return holds
        }
        return [.windowTooShort(host: host, leftMinutes: left, neededMinutes: neededMinutes)]
    }

    /// - Parameter now: nil where nothing tells the time.
    /// - Returns: an empty list while a window is open, however soon it closes.
    func holds(at now: LocalTime?) -> [WindowHold] {
        guard let now else { return [.windowUnknown] }
        guard minutesLeft(at: now) == nil else { return [] }
        let opensIn = settings.open.map { $0.minutesUntilOpen(at: now) }.min() ?? 0
        return [.outsideWindow(windows: settings.open, now: now, opensInMinutes: opensIn)]
    }

    private func minutesLeft(at now: LocalTime) -> Int? {
        settings.open.compactMap { $0.minutesLeft(at: now) }.max()
    }
}
