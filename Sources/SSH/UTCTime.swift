import Glibc

enum UTCTime {
    /// The seconds since 1970, now.
    static var now: UInt64 { UInt64(clamping: time(nil)) }

    /// As a message shows it: `2026-01-31 12:00:00 UTC`.
    ///
    /// - Parameter seconds: since 1970.
    static func text(_ seconds: UInt64) -> String {
        guard var clock = time_t(exactly: seconds) else { return "\(seconds) s after 1970" }
        var parts = tm()
        var text = [CChar](repeating: 0, count: 64)
        guard gmtime_r(&clock, &parts) != nil,
            strftime(&text, text.count, "%Y-%m-%d %H:%M:%S UTC", &parts) > 0
        else {
            return "\(seconds) s after 1970"
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
