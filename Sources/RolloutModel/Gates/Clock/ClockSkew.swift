/// The clocks of two hosts, too far apart.
public struct ClockSkew: Codable, Hashable, Sendable {
    public var other: HostID
    /// By which it is at least ahead of the other's; below 0 where it is behind.
    public var aheadSeconds: Double
    public var mostSeconds: Double
    /// The times that the two showed at one moment, in seconds since 1970, as near as that can be told.
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

extension ClockSkew {
    func sentence(of host: HostID) -> String {
        """
        the clock of host '\(host)' is at least \(abs(aheadSeconds).asApart) \(aheadSeconds < 0 ? "behind" : "ahead of") that \
        of '\(other)', and \(mostSeconds.asApart) is the most allowed: it shows \(UTCTime(secondsSince1970: shown)), and the \
        other \(UTCTime(secondsSince1970: otherShown))
        """
    }
}

extension Double {
    /// `5 s`, `7.4 s`, rounded down; from two minutes on `3 min`.
    var asApart: String {
        // Beyond any clock: whoever sent it is not believed anyway.
        let tenths = Int(clamping: Swift.max(-1e12, Swift.min(self, 1e12)) * 10)
        guard tenths < 1200 else { return (tenths / 600).asHours }
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }
}
