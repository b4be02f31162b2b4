extension HostFacts {
    /// systemd's units that are not well, by name.
    public struct Units: Codable, Hashable, Sendable {
        /// Failed, or ended and about to be started anew.
        public var failed: [String]
        public var starting: [String]

        public init(failed: [String] = [], starting: [String] = []) {
            self.failed = failed
            self.starting = starting
        }
    }
}
