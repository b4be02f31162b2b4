extension GateSettings {
    public struct Fleet: Codable, Hashable, Sendable {
        /// fleet's `agent_ttl`: how long a dead machine stays listed (facts 5.2). Where the registry shows a longer one, that
        /// counts (facts 0.47).
        public var ttlSeconds: Double
        /// True if the units that fleet runs are waited for between hosts.
        public var waitsForUnits: Bool

        public init(ttlSeconds: Double, waitsForUnits: Bool = true) {
            self.ttlSeconds = ttlSeconds
            self.waitsForUnits = waitsForUnits
        }
    }
}
