import RolloutModel

/// The ranges of the durations of steps on a simulated host; each duration is drawn.
public struct Pace: Codable, Hashable, Sendable {
    /// The duration from the request to stage until the update is armed.
    public var stage: ClosedRange<Duration>
    /// The duration from the request to reboot until the host answers again.
    public var reboot: ClosedRange<Duration>
    public var commit: ClosedRange<Duration>

    public init(stage: ClosedRange<Duration>, reboot: ClosedRange<Duration>, commit: ClosedRange<Duration>) {
        self.stage = stage
        self.reboot = reboot
        self.commit = commit
    }

    /// Short durations, for trials that are about what may happen, and not about how long it takes.
    static let brisk = Pace(
        stage: .zero ... .seconds(30), reboot: .seconds(20) ... .seconds(20), commit: .zero ... .seconds(5))

    /// Durations for hosts that nothing is known of: a download of some 300 MB, a server's firmware, and the engine's
    /// own 45 s before it marks a partition good (facts 0.28).
    public static let usual = Pace(
        stage: .seconds(60) ... .seconds(300), reboot: .seconds(60) ... .seconds(180),
        commit: .seconds(45) ... .seconds(60))
}

/// Ranges in outputs: two numbers of seconds.
extension KeyedEncodingContainer {
    mutating func encode(_ range: ClosedRange<Duration>, forKey key: Key) throws {
        try encode(range.lowerBound.inSeconds...range.upperBound.inSeconds, forKey: key)
    }
}

extension KeyedDecodingContainer {
    func decode(_ type: ClosedRange<Duration>.Type, forKey key: Key) throws -> ClosedRange<Duration> {
        let seconds = try decode(ClosedRange<Double>.self, forKey: key)
        return Duration(clamping: seconds.lowerBound)...Duration(clamping: seconds.upperBound)
    }
}
