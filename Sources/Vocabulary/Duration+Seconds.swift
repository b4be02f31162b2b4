/// Spans of time from others and for others, who have them as seconds.
extension Duration {
    /// The longest span that is taken from others, in seconds: some 31,000 years. Sums of such spans are far from any that
    /// traps.
    private static var foreignSecondsMax: Double { 1e12 }

    /// Seconds from hosts, journals and files, to the nanosecond. The span is the nearest of at most 10^12 seconds either way,
    /// and zero for what is no number: `.seconds(_:)` traps.
    public init(clamping seconds: Double) {
        let bounded = seconds.isNaN ? 0 : min(max(seconds, -Self.foreignSecondsMax), Self.foreignSecondsMax)
        let whole = bounded.rounded(.towardZero)
        let rest = ((bounded - whole) * 1e9).rounded()
        self = .seconds(Int(clamping: whole)) + .nanoseconds(Int(clamping: rest))
    }

    /// Seconds of others where only some are believed; nil for any that are not, and for what is no number.
    public init?(seconds: Double, in believed: ClosedRange<Duration>) {
        let span = Duration(clamping: seconds)
        guard !seconds.isNaN, believed.contains(span) else { return nil }
        self = span
    }

    /// The seconds, to the nanosecond: for outputs, and for formats that have seconds.
    public var inSeconds: Double {
        let (seconds, attoseconds) = components
        let nanoseconds = (Double(attoseconds) / 1e9).rounded()
        // A division of whole numbers gives the number that a decimal fraction of seconds is read as.
        let isExact = seconds.magnitude < 1 << 23
        return isExact
            ? (Double(seconds) * 1e9 + nanoseconds) / 1e9 : Double(seconds) + nanoseconds / 1e9
    }

    /// Seconds, rounded: people read no fractions.
    public var wholeSeconds: Int { Int(clamping: inSeconds.rounded()) }

    /// Seconds, rounded up: for settings that must not be shorter.
    public var secondsRoundedUp: Int { Int(clamping: inSeconds.rounded(.up)) }

    public var magnitude: Duration { self < .zero ? .zero - self : self }
}
