import RolloutModel

/// The clock of the driver: the current moment, and waiting. Tests replace it.
public struct RolloutClock: Sendable {
    public var now: @Sendable () -> Moment
    /// Throws only when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws(CancellationError) -> Void
    /// The wall clock's time where maintenance windows are kept; nil where no clock tells it.
    public var localTime: @Sendable () -> LocalTime?

    public init(
        now: @escaping @Sendable () -> Moment,
        sleep: @escaping @Sendable (Duration) async throws(CancellationError) -> Void,
        localTime: @escaping @Sendable () -> LocalTime? = { nil }
    ) {
        self.now = now
        self.sleep = sleep
        self.localTime = localTime
    }

    public static func live(localTime: @escaping @Sendable () -> LocalTime? = { nil }) -> RolloutClock {
        let start = ContinuousClock.now
        return RolloutClock(
            now: { Moment(ContinuousClock.now - start) },
            sleep: { span throws(CancellationError) in
                do {
                    try await Task.sleep(for: span)
                } catch {
                    throw CancellationError()
                }
            }, localTime: localTime)
    }
}
