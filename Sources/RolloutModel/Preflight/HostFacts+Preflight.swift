extension HostFacts {
    /// What a gate depends on, and an agent may fail to tell.
    public enum Untold: String, Codable, Hashable, Sendable, CaseIterable {
        case hazards, pendingUpdate, engine, cgroups, space, clock, settings, units, partitions
    }

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
