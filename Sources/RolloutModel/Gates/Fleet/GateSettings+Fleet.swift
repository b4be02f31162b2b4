extension GateSettings {
    public struct Fleet: Codable, Hashable, Sendable {
        /// fleet's `agent_ttl`: how long a dead machine stays listed (facts 5.2). Where the registry shows a longer one, that
        /// counts (facts 0.47).
        public var ttl: Duration
        /// True if the units that fleet runs are waited for between hosts.
        public var waitsForUnits: Bool

        private enum CodingKeys: String, CodingKey {
            case ttl = "ttlSeconds"
            case waitsForUnits
        }

        public init(ttl: Duration, waitsForUnits: Bool = true) {
            self.ttl = ttl
            self.waitsForUnits = waitsForUnits
        }
    }
}
