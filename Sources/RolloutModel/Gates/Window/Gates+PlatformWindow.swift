extension Gates {
    /// The reasons for which nothing of a platform may be taken away now. A platform of which something is away is made
    /// whole at any hour, as a host that is out is brought home.
    ///
    /// - Parameter now: nil where nothing tells the time.
    public func platformWindowReasons(at now: LocalTime?) -> [HoldReason] {
        guard let window, !overridden.contains(.window) else { return [] }
        return window.holds(at: now).map(HoldReason.window)
    }
}
