import RolloutModel

/// The clock of the driver: the current moment, and waiting. Tests replace it.
public struct RolloutClock: Sendable {
    /// Seconds since some fixed moment; never goes back.
    public var now: @Sendable () -> Moment
    /// Throws only when the task is cancelled.
    public var sleep: @Sendable (_ seconds: Double) async throws(CancellationError) -> Void
    /// The wall clock's time where maintenance windows are kept; nil where no clock tells it.
    public var localTime: @Sendable () -> LocalTime?

    public init(
        now: @escaping @Sendable () -> Moment,
        sleep: @escaping @Sendable (_ seconds: Double) async throws(CancellationError) -> Void,
        localTime: @escaping @Sendable () -> LocalTime? = { nil }
    ) {
        self.now = now
        self.sleep = sleep
        self.localTime = localTime
    }

    public static func live(localTime: @escaping @Sendable () -> LocalTime? = { nil }) -> RolloutClock {
        let start = ContinuousClock.now
        return RolloutClock(
            now: { (ContinuousClock.now - start).inSeconds },
            sleep: { seconds throws(CancellationError) in
                do {
                    try await Task.sleep(for: .seconds(seconds))
                } catch {
                    throw CancellationError()
                }
            }, localTime: localTime)
    }
}

extension Duration {
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
