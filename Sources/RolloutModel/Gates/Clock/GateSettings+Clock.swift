extension GateSettings {
    public struct Clock: Codable, Hashable, Sendable {
        /// The most that two hosts' clocks may differ.
        public var skew: Duration

        private enum CodingKeys: String, CodingKey { case skew = "skewSeconds" }

        public init(skew: Duration) {
            self.skew = skew
        }
    }
}
