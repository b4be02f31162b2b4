extension GateSettings {
    public struct Consul: Codable, Hashable, Sendable {
        /// For how long Consul must be seen whole: gossip takes a while to notice an agent that died.
        public var steady: Duration
        /// How long a server that is back may be without its vote. autopilot gives it back once the server was well for a
        /// while (facts 11.5).
        public var stabilization: Duration

        private enum CodingKeys: String, CodingKey {
            case steady = "steadySeconds"
            case stabilization = "stabilizationSeconds"
        }

        public init(steady: Duration, stabilization: Duration) {
            self.steady = steady
            self.stabilization = stabilization
        }
    }
}
