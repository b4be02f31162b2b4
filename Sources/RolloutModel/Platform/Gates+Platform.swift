/// The gates of a rollout that upgrades a platform, beside the proofs of its steps.
extension Gates {
    /// The reasons for which no step of the platform may be asked for now.
    ///
    /// A platform of which something is away is made whole at any hour, as a host that is out is brought home. So windows and
    /// locksmith's semaphore count only while the platform is as it was.
    ///
    /// - Parameters:
    ///   - seen: the cluster's lock, and locksmith's semaphores where the platform is as it was.
    ///   - now: nil where nothing tells the time.
    public func platformReasons(
        isBeginning: Bool, in seen: Inventory, at now: LocalTime?
    ) -> [HoldReason] {
        let lock = lockReasons(.beforeStage, in: seen)
        guard isBeginning else { return lock }
        let shut = overridden.contains(.window) ? [] : window?.holds(at: now).map(HoldReason.window) ?? []
        return lock + semaphoreReasons(.beforeStage, history: [seen]) + shut
    }
}
