/// A weekly time in which hosts may be taken out: `22:00-04:00`, `Sat 22:00-04:00`, `Mon-Fri,Sun 01:30-05:00`.
///
/// Days are those on which it opens; a window that closes earlier on the clock than it opens closes on the next day.
/// The clock on the wall counts, also on the day when that clock is put forward or back.
public struct MaintenanceWindow: Codable, Hashable, Sendable, CustomStringConvertible {
    /// On which it opens; in the order of the week, none twice.
    public let days: [Weekday]
    /// Since midnight of such a day.
    public let opensAtMinute: Int
    /// How long it is open, 1 to 1440.
    public let minutes: Int

    /// nil for what is no window.
    public init?(_ text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: true)
        guard let hours = parts.last, parts.count <= 2 else { return nil }
        let days = parts.count == 2 ? Self.days(parts[0]) : Set(Weekday.allCases)
        let ends = hours.split(separator: "-", omittingEmptySubsequences: false).map(Self.minute)
        guard let days, ends.count == 2, let from = ends[0], let to = ends[1],
            from < LocalTime.minutesOfDay, from != to
        else { return nil }
        self.days = days.sorted { $0.rawValue < $1.rawValue }
        opensAtMinute = from
        minutes = to > from ? to - from : to - from + LocalTime.minutesOfDay
    }

    /// - Throws: for minutes that no day has: a journal is a file, and may be anybody's.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        days = try container.decode([Weekday].self, forKey: .days)
        opensAtMinute = try container.decode(Int.self, forKey: .opensAtMinute)
        minutes = try container.decode(Int.self, forKey: .minutes)
        guard (0..<LocalTime.minutesOfDay).contains(opensAtMinute),
            (1...LocalTime.minutesOfDay).contains(minutes)
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .minutes, in: container,
                debugDescription: "a window opens at minute \(opensAtMinute) for \(minutes) minutes")
        }
    }

    public var description: String {
        let hours =
            LocalTime.clock(opensAtMinute) + "-"
            + LocalTime.clock(closesAtMinute)
        return days.count == 7 ? hours : days.map(\.description).joined(separator: ",") + " " + hours
    }

    private var closesAtMinute: Int {
        let end = opensAtMinute + minutes
        return end > LocalTime.minutesOfDay ? end - LocalTime.minutesOfDay : end
    }

    /// Minutes until it closes; nil while it is shut.
    public func minutesLeft(at time: LocalTime) -> Int? {
        // The one that opened today, and the one of yesterday that may go on past midnight.
        [0, 1].compactMap { ago -> Int? in
            let open = time.minute + ago * LocalTime.minutesOfDay - opensAtMinute
            guard days.contains(where: { $0.days(until: time.weekday) == ago }), (0..<minutes).contains(open)
            else { return nil }
            return minutes - open
        }.max()
    }

    /// Minutes until it opens next; 0 while it is open.
    public func minutesUntilOpen(at time: LocalTime) -> Int {
        guard minutesLeft(at: time) == nil else { return 0 }
        let waits = days.map { day -> Int in
            let wait = time.weekday.days(until: day) * LocalTime.minutesOfDay + opensAtMinute - time.minute
            return wait > 0 ? wait : wait + 7 * LocalTime.minutesOfDay
        }
        return waits.min() ?? 0
    }

    /// `Mon-Fri,Sun`
    private static func days(_ text: Substring) -> Set<Weekday>? {
        var days: Set<Weekday> = []
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = item.split(separator: "-", omittingEmptySubsequences: false).map { Weekday($0) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else {
                return nil
            }
            for day in Weekday.allCases where first.days(until: day) <= first.days(until: last) {
                days.insert(day)
            }
        }
        return days
    }

    /// `22:05`, up to `24:00`.
    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(isDigit) }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), minutes < 60,
            hours * 60 + minutes <= LocalTime.minutesOfDay
        else { return nil }
        return hours * 60 + minutes
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
