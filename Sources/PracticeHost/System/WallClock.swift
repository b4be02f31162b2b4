#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The time of day as log prefixes need it, in UTC: practice hosts have no other zone.
struct WallClock: Hashable, Sendable {
    /// Since the epoch.
    var seconds: Int64
    var microseconds: Int

    static func now() -> WallClock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallClock(seconds: Int64(time.tv_sec), microseconds: time.tv_nsec / 1000)
    }

    var fields: tm {
        var time = time_t(seconds)
        var fields = tm()
        gmtime_r(&time, &fields)
        return fields
    }

    /// `2016-05-01T12:00:00UTC`, as Deis' controller writes it.
    var deisText: String { dateAndTime + "UTC" }

    /// `2016-05-01T12:00:00+00:00`.
    var isoText: String { dateAndTime + "+00:00" }

    private var dateAndTime: String {
        let fields = fields
        let date = [fields.tm_year + 1900, fields.tm_mon + 1, fields.tm_mday].map { $0.padded(to: 2) }
        let clock = [fields.tm_hour, fields.tm_min, fields.tm_sec].map { $0.padded(to: 2) }
        return "\(date.joined(separator: "-"))T\(clock.joined(separator: ":"))"
    }
}

extension BinaryInteger {
    /// Decimal, at least `width` wide.
    func padded(to width: Int, with filler: Character = "0") -> String {
        let digits = String(self)
        return String(repeating: filler, count: max(0, width - digits.count)) + digits
    }
}
