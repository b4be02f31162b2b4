/// A moment on a clock that never goes back: the coordinator's monotonic one, or a simulated one. Moments of two clocks
/// cannot be compared. Wall-clock time is for people and decides nothing.
public struct Moment: Hashable, Comparable, Sendable {
    /// The time since the clock's own beginning.
    public var sinceStart: Duration

    public init(_ sinceStart: Duration) { self.sinceStart = sinceStart }

    /// The clock's own beginning.
    public static let start = Moment(.zero)

    public static func + (moment: Moment, span: Duration) -> Moment { Moment(moment.sinceStart + span) }

    public static func - (moment: Moment, span: Duration) -> Moment { Moment(moment.sinceStart - span) }

    public static func - (later: Moment, earlier: Moment) -> Duration {
        later.sinceStart - earlier.sinceStart
    }

    public static func < (one: Moment, other: Moment) -> Bool { one.sinceStart < other.sinceStart }
}
