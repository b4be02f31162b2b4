/// What a host's clock on the wall showed, read at some moment between two of the coordinator's.
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
    var likelyOffset: Double { shown - (asked + answered) / 2 }

    /// Seconds by which it is ahead of another, whatever the answers took; below 0 where it is behind, 0 where that cannot
    /// be told.
    func surelyAhead(of other: ClockReading) -> Double {
        let (ahead, behind) = (offsets.least - other.offsets.most, other.offsets.least - offsets.most)
        return ahead > 0 ? ahead : min(0, -behind)
    }
}

/// The clocks of two hosts, too far apart.
public struct ClockSkew: Codable, Hashable, Sendable {
    public var other: HostID
    /// By which it is at least ahead of the other's; below 0 where it is behind.
    public var aheadSeconds: Double
    public var mostSeconds: Double
    /// What the two showed at one moment, in seconds since 1970, as near as that can be told.
    public var shown: Double
    public var otherShown: Double

    public init(
        other: HostID, aheadSeconds: Double, mostSeconds: Double, shown: Double, otherShown: Double
    ) {
        self.other = other
        self.aheadSeconds = aheadSeconds
        self.mostSeconds = mostSeconds
        self.shown = shown
        self.otherShown = otherShown
    }
}

/// A time of UTC, to the second: for people.
struct UTCTime: CustomStringConvertible {
    var secondsSince1970: Double

    /// `2026-11-26 01:02:03 UTC`; the number where that is no time of our calendar.
    var description: String {
        guard ClockReading.believable.contains(secondsSince1970) else { return "\(secondsSince1970)" }
        let seconds = Int(clamping: secondsSince1970)
        let (year, month, day) = Self.date(day: seconds / 86_400)
        let clock = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map(Self.two)
        return "\(year)-\(Self.two(month))-\(Self.two(day)) \(clock.joined(separator: ":")) UTC"
    }

    /// In years that begin with March, so that the leap day is the last one: the calendar has 146097 days in 400 of them.
    private static func date(day: Int) -> (year: Int, month: Int, day: Int) {
        let day = day + 719_468
        let (era, dayOfEra) = (day / 146_097, day % 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        return (
            era * 400 + yearOfEra + (month < 10 ? 0 : 1), month < 10 ? month + 3 : month - 9,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
