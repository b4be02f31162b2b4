extension GateSettings {
    public struct Units: Codable, Hashable, Sendable {
        /// May fail as they like.
        public var ignored: [UnitPattern]
        /// For how long a host that is back must have none failing, and none starting.
        public var steadySeconds: Double

        public init(ignored: [UnitPattern] = [], steadySeconds: Double) {
            self.ignored = ignored
            self.steadySeconds = steadySeconds
        }
    }
}
