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
