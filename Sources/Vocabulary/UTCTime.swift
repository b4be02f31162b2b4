/// A time of UTC, as a clock on a wall shows it. Journals have it as seconds since 1970.
public struct UTCTime: Hashable, Sendable {
    /// The time since 1970 began.
    public var sinceEpoch: Duration

    public init(sinceEpoch: Duration) { self.sinceEpoch = sinceEpoch }

    /// Seconds since 1970, from a clock of others; nil for what is no time of our calendar.
    public init?(secondsSince1970 seconds: Double) {
        guard let time = Duration(seconds: seconds, in: Self.calendar) else { return nil }
        sinceEpoch = time
    }

    /// From 1970 until the last second of the year 9999.
    private static let calendar = Duration.zero ... .seconds(253_402_300_799)

    public static func + (time: UTCTime, span: Duration) -> UTCTime {
        UTCTime(sinceEpoch: time.sinceEpoch + span)
    }
}

extension UTCTime: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(sinceEpoch: Duration(clamping: try decoder.singleValueContainer().decode(Double.self)))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(sinceEpoch.inSeconds)
    }
}

extension UTCTime: CustomStringConvertible {
    /// To the second: `2026-11-26 01:02:03 UTC`; the number where that is no time of our calendar.
    public var description: String {
        guard Self.calendar.contains(sinceEpoch) else { return "\(sinceEpoch.inSeconds)" }
        let seconds = Int(clamping: sinceEpoch.components.seconds)
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
