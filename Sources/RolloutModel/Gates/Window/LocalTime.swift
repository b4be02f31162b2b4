/// A moment of the week as the clock on the wall shows it, to the minute.
public struct LocalTime: Codable, Hashable, Sendable, CustomStringConvertible {
    public var weekday: Weekday
    /// Since midnight, 0 to 1439.
    public var minute: Int

    public init(weekday: Weekday, minute: Int) {
        self.weekday = weekday
        self.minute = minute
    }

    /// `Sat 22:05`.
    public var description: String { "\(weekday) \(Self.clock(minute))" }

    /// `22:05`; `24:00` is the end of a day.
    static func clock(_ minute: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return two(minute / 60) + ":" + two(minute % 60)
    }

    static let minutesOfDay = 24 * 60
}

public enum Weekday: Int, Codable, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    private static let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    /// `Mon` to `Sun`; nil for anything else.
    init?(_ name: some StringProtocol) {
        guard let index = Self.names.firstIndex(where: { $0 == name }) else { return nil }
        self.init(rawValue: index)
    }

    public var description: String { Self.names[rawValue] }

    /// How many days later `other` is, 0 to 6.
    func days(until other: Weekday) -> Int { (other.rawValue - rawValue + 7) % 7 }
}
