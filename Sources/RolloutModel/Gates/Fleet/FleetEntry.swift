/// A machine's entry in fleet's registry, which its fleetd writes anew every half TTL.
public struct FleetEntry: Hashable, Sendable {
    /// Rises whenever the entry is written.
    public var index: UInt64
    /// How long it stays without being written again: never more than fleet's `agent_ttl`. nil where that was not told.
    public var secondsLeft: Double?

    public init(index: UInt64, secondsLeft: Double? = nil) {
        self.index = index
        self.secondsLeft = secondsLeft
    }
}
