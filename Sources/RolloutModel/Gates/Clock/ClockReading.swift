/// The time that a host's clock on the wall showed, at some moment between two of the coordinator's.
public struct ClockReading: Hashable, Sendable {
    /// Seconds since 1970.
    public var shown: Double
    /// When it was asked for.
    public var asked: Moment
    /// When the answer was there.
    public var answered: Moment

    public init(shown: Double, asked: Moment, answered: Moment) {
        self.shown = shown
        self.asked = asked
        self.answered = answered
    }

    /// Seconds since 1970 that are a time of our calendar: until the end of the year 9999.
    public static let believable = 0...253_402_300_799.0

    /// How far the clock is from the coordinator's moments lies between these two.
    private var offsets: (least: Double, most: Double) { (shown - answered, shown - asked) }
    /// How long the answer took.
    var answerSeconds: Double { answered - asked }
    var likelyOffset: Double { shown - (asked + answered) / 2 }

    /// Seconds by which it is ahead of another, whatever the answers took; below 0 where it is behind, 0 where that cannot
    /// be told.
    func surelyAhead(of other: ClockReading) -> Double {
        let (ahead, behind) = (offsets.least - other.offsets.most, other.offsets.least - offsets.most)
        return ahead > 0 ? ahead : min(0, -behind)
    }
}
