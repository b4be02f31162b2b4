/// The clocks of two hosts, too far apart.
public struct ClockSkew: Codable, Hashable, Sendable {
    public var other: HostID
    /// By which it is at least ahead of the other's; below 0 where it is behind.
    public var aheadSeconds: Double
    public var mostSeconds: Double
    /// What the two showed at one moment, in seconds since 1970, as near as that can be told.
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
