/// The ranges of the durations of steps on a simulated host, in seconds; each duration is drawn.
public struct Pace: Codable, Hashable, Sendable {
    /// The duration from the request to stage until the update is armed.
    public var stage: ClosedRange<Double>
    /// The duration from the request to reboot until the host answers again.
    public var reboot: ClosedRange<Double>
    public var commit: ClosedRange<Double>

    public init(stage: ClosedRange<Double>, reboot: ClosedRange<Double>, commit: ClosedRange<Double>) {
        self.stage = stage
        self.reboot = reboot
        self.commit = commit
    }

    /// Short durations, for trials that are about what may happen, and not about how long it takes.
    static let brisk = Pace(stage: 0...30, reboot: 20...20, commit: 0...5)

    /// Durations for hosts that nothing is known of: a download of some 300 MB, a server's firmware, and the engine's
    /// own 45 s before it marks a partition good (facts 0.28).
    public static let usual = Pace(stage: 60...300, reboot: 60...180, commit: 45...60)
}
