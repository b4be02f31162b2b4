extension GateSettings {
    public struct Windows: Codable, Hashable, Sendable {
        /// Any of them will do.
        public var open: [MaintenanceWindow]
        /// The minutes that must be left of a window for a host to begin.
        public var minutesPerHost: Int

        public init(open: [MaintenanceWindow], minutesPerHost: Int) {
            self.open = open
            self.minutesPerHost = minutesPerHost
        }
    }
}
