extension GateSettings {
    public struct Drift: Codable, Hashable, Sendable {
        public var compare: Compare
        /// The user-data that every host must have.
        public var userData: Expected?

        public init(compare: Compare, userData: Expected? = nil) {
            self.compare = compare
            self.userData = userData
        }

        /// The differences between hosts that hold.
        public enum Compare: String, Codable, Hashable, Sendable, CaseIterable {
            /// A file that more than half of at least three hosts have alike, and another has not. Where each host has its
            /// own, as with addresses in it, nobody is odd.
            case oddOneOut = "odd-one-out"
            /// Any.
            case same
            case none
        }

        /// A file of the operator's.
        public struct Expected: Codable, Hashable, Sendable {
            /// As the operator named it.
            public var file: String
            public var sha256: String

            public init(file: String, sha256: String) {
                self.file = file
                self.sha256 = sha256
            }
        }
    }
}
