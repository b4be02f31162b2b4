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
}

extension BinaryInteger {
    /// Decimal, at least `width` wide.
    func padded(to width: Int, with filler: Character = "0") -> String {
        let digits = String(self)
        return String(repeating: filler, count: max(0, width - digits.count)) + digits
    }
}
