extension HostFacts {
    /// Files by which a host sets up its services, each path with its digest.
    public struct Settings: Codable, Hashable, Sendable {
        public var userData: [String: String]
        /// Of systemd's units, in /etc.
        public var dropIns: [String: String]

        public init(userData: [String: String] = [:], dropIns: [String: String] = [:]) {
            self.userData = userData
            self.dropIns = dropIns
        }

        var files: [String: String] { userData.merging(dropIns) { first, _ in first } }
    }
}
