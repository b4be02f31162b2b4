/// The two clusters of a migration, and how applications are carried. The plan is the first entry of the
/// migration's record; no secret is part of it.
public struct MigrationPlan: Codable, Hashable, Sendable {
    /// Tells one migration from another at the new controller.
    public var id: String
    public var old: Cluster
    public var new: Cluster
    /// The old registry as the new cluster's hosts reach it, `host:port`; nil where none was named.
    public var registry: String?
    /// The directory with certificates and their keys; nil where none was named.
    public var certificates: String?
    /// Applications that get another id.
    public var renames: [Rename]

    public struct Cluster: Codable, Hashable, Sendable {
        /// The controller's address, without a slash at its end.
        public var url: String
        /// The file that has an administrator's token; nil where the token is asked for.
        public var tokenFile: String?
        /// The addresses of the routers, `host` or `host:port`.
        public var routers: [String]

        public init(url: String, tokenFile: String?, routers: [String]) {
            self.url = url
            self.tokenFile = tokenFile
            self.routers = routers
        }
    }

    public struct Rename: Codable, Hashable, Sendable {
        public var old: ApplicationID
        public var new: ApplicationID

        public init(old: ApplicationID, new: ApplicationID) {
            self.old = old
            self.new = new
        }
    }

    public init(
        id: String, old: Cluster, new: Cluster, registry: String?, certificates: String?, renames: [Rename]
    ) {
        self.id = id
        self.old = old
        self.new = new
        self.registry = registry
        self.certificates = certificates
        self.renames = renames
    }

    /// True if both are of one migration, between the same two controllers.
    public func isSameMigration(as other: MigrationPlan) -> Bool {
        id == other.id && old.url == other.old.url && new.url == other.new.url
    }

    /// The id that an application has at the new cluster.
    public func newID(of old: ApplicationID) -> ApplicationID {
        renames.first { $0.old == old }?.new ?? old
    }
}

public enum MigrationSide: String, Codable, Hashable, Sendable, CaseIterable {
    case old, new
}
