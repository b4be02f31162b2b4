extension GateSettings {
    public struct Clock: Codable, Hashable, Sendable {
        /// The most that two hosts' clocks may differ.
        public var skewSeconds: Double

        public init(skewSeconds: Double) {
            self.skewSeconds = skewSeconds
        }
    }
}
