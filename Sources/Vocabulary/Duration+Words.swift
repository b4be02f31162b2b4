extension Duration {
    /// `45 s`, `3 min 20 s`, `6 h 05 min`, `3 d 4 h`: in the two largest units, rounded down. A unit of which there is none is
    /// left out, and a span below zero is `0 s`.
    public var words: String {
        let seconds = max(0, components.seconds)
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60)
        if days > 0 { return "\(days) d" + (hours > 0 ? " \(hours) h" : "") }
        if hours > 0 {
            return "\(hours) h" + (minutes > 0 ? " \(minutes < 10 ? "0" : "")\(minutes) min" : "")
        }
        let rest = seconds % 60
        return minutes > 0 ? "\(minutes) min" + (rest > 0 ? " \(rest) s" : "") : "\(rest) s"
    }

    /// `words` without seconds, from a minute on.
    public var roughWords: String {
        self < .seconds(60) ? words : Duration.seconds(components.seconds / 60 * 60).words
    }

    /// A span of minutes from others. The bounds are those of `init(clamping:)`.
    public static func minutes(_ minutes: Int) -> Duration { Duration(clamping: Double(minutes) * 60) }
}
