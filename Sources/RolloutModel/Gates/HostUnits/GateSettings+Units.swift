extension GateSettings {
    public struct Units: Codable, Hashable, Sendable {
        /// May fail as they like.
        public var ignored: [UnitPattern]
        /// For how long a host that is back must have none failing, and none starting.
        public var steady: Duration

        private enum CodingKeys: String, CodingKey {
            case ignored
            case steady = "steadySeconds"
        }

        public init(ignored: [UnitPattern] = [], steady: Duration) {
            self.ignored = ignored
            self.steady = steady
        }
    }
}
