import Foundation
import RolloutModel

extension Configuration.Gates {
    /// The present time of day and weekday in the zone in which maintenance windows are kept.
    package var localTime: @Sendable () -> LocalTime? {
        let zone = timeZone.map { TimeZone(identifier: $0) } ?? TimeZone.current
        return { zone.flatMap { LocalTime(Date.now, in: $0) } }
    }
}

extension LocalTime {
    init?(_ date: Date, in zone: TimeZone) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.weekday, .hour, .minute], from: date)
        // Foundation's week begins on Sunday, with 1.
        guard let day = parts.weekday, let hour = parts.hour, let minute = parts.minute,
            let weekday = Weekday(rawValue: (day + 5) % 7)
        else { return nil }
        self.init(weekday: weekday, minute: hour * 60 + minute)
    }
}
