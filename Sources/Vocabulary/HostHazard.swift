/// Something on a host that does not go together with a rollout.
public struct HostHazard: Codable, Hashable, Sendable {
    public var kind: Kind
    /// The unit it comes from.
    public var unit: String
    /// For people: what it would do, and how to proceed.
    public var message: String

    public init(kind: Kind, unit: String, message: String) {
        self.kind = kind
        self.unit = unit
        self.message = message
    }

    public enum Kind: String, Codable, CaseIterable, Hashable, Sendable {
        /// A reboot takes the host's etcd member or its OSD out of the cluster (facts 0.9).
        case leavesClusterOnShutdown
        /// locksmithd would reboot the host once an update is staged (facts 0.7, 0.39).
        case rebootsByItself
        /// update_engine refuses to work there (facts 1.7, `/usr/.noupdate`).
        case neverUpdates
    }

    /// True if the unit acts at any reboot, and not only while an update waits for one.
    public var actsOnShutdown: Bool {
        switch kind {
        case .leavesClusterOnShutdown: true
        case .rebootsByItself, .neverUpdates: false
        }
    }
}
