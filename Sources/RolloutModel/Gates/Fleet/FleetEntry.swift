/// A machine's entry in fleet's registry, which its fleetd writes anew every half TTL.
public struct FleetEntry: Hashable, Sendable {
    /// Rises whenever the entry is written.
    public var index: UInt64
    /// How long it stays without being written again: never more than fleet's `agent_ttl`. nil where that was not told.
    public var timeLeft: Duration?

    public init(index: UInt64, timeLeft: Duration? = nil) {
        self.index = index
        self.timeLeft = timeLeft
    }
}
