/// The time that a rollout is likely to take, judged by how long hosts took in earlier rollouts.
public struct DurationForecast: Hashable, Sendable {
    /// The time if every host takes as long as the middle one of the measured hosts did.
    public let likely: Duration
    /// The same for the hosts at the lower and at the upper quarter of the measured ones: half of these or more lie between
    /// them. Of fewer than five they are the quickest and the slowest.
    public let spread: ClosedRange<Duration>
    /// The number of hosts that were measured.
    public let measured: Int

    /// The least number of measured hosts: fewer say little about the next one.
    public static let measuredMin = 3

    /// More hosts than any rollout has. So many of the longest spans that are taken from others make no sum that traps.
    private static let hostsMax = 100_000

    /// - Parameters:
    ///   - hosts: the number of hosts that are to be upgraded, one after the other.
    ///   - turns: the times that hosts took from the end of the host before them to their own end, without holds.
    /// - Returns: nil if too few hosts were measured.
    public init?(hosts: Int, turns: [Duration]) {
        guard turns.count >= Self.measuredMin, hosts >= 0 else { return nil }
        let hosts = min(hosts, Self.hostsMax)
        let sorted = turns.sorted()
        let quarter = (sorted.count - 1) / 4
        likely = sorted[sorted.count / 2] * hosts
        spread = sorted[quarter] * hosts...sorted[sorted.count - 1 - quarter] * hosts
        measured = turns.count
    }
}

extension Plan {
    /// The number of hosts that run another version than the one they are to get, up to where the rollout is to stop. A
    /// target that is not known yet counts as another version.
    public var hostsToUpgrade: Int {
        let count = hostsInTurn.count { $0.version != target.pinned }
        return min(count, stopAfter ?? count)
    }
}
