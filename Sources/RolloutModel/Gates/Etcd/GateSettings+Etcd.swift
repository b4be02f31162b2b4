extension GateSettings {
    public struct Etcd: Codable, Hashable, Sendable {
        /// Samples in a row that must all be whole: one decides nothing (facts 0.23).
        public var samples: Int
        /// The etcd that the target brings, by the operator's word: `3.5` or `3.5.1`.
        public var after: String?

        public init(samples: Int, after: String? = nil) {
            self.samples = samples
            self.after = after
        }
    }
}
