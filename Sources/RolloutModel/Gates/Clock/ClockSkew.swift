/// The clocks of two hosts, too far apart.
public struct ClockSkew: Codable, Hashable, Sendable {
    public var other: HostID
    /// By which it is at least ahead of the other's; below 0 where it is behind.
    public var ahead: Duration
    public var most: Duration
    /// The times that the two showed at one moment, as near as that can be told.
    public var shown: UTCTime
    public var otherShown: UTCTime

    /// The names in a journal.
    private enum CodingKeys: String, CodingKey {
        case other
        case ahead = "aheadSeconds"
        case most = "mostSeconds"
        case shown, otherShown
    }

    public init(
        other: HostID, ahead: Duration, most: Duration, shown: UTCTime, otherShown: UTCTime
    ) {
        self.other = other
        self.ahead = ahead
        self.most = most
        self.shown = shown
        self.otherShown = otherShown
    }
}

extension ClockSkew {
    func sentence(of host: HostID) -> String {
        """
        the clock of host '\(host)' is at least \(ahead.magnitude.asApart) \(ahead < .zero ? "behind" : "ahead of") that \
        of '\(other)', and \(most.asApart) is the most allowed: it shows \(shown), and the other \
        \(otherShown)
        """
    }
}

extension Duration {
    /// `5 s`, `7.4 s`, rounded down; from two minutes on `3 min`.
    var asApart: String {
        guard self < .seconds(120) else { return roughWords }
        let tenths = Int(clamping: inSeconds * 10)
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }
}
