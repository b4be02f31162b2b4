/// The changes that a plan makes to the set-up of a host besides its system, as far as the host's report tells.
public struct HostChange: Codable, Hashable, Sendable {
    public var host: HostID
    /// Of update.conf, by the values in force; empty where the plan leaves the file.
    public var settings: [Setting]
    /// Of update-engine.service; nil where the unit stays as it is, and where the report does not tell of it.
    public var engine: Engine?
    /// The label of the partition that is overwritten, and boots next; nil where the report does not tell, and where the host
    /// runs the target already.
    public var partition: String?

    public init(host: HostID, settings: [Setting], engine: Engine?, partition: String?) {
        self.host = host
        self.settings = settings
        self.engine = engine
        self.partition = partition
    }

    /// A key of update.conf.
    public struct Setting: Codable, Hashable, Sendable {
        public var key: String
        /// nil where no file has the key.
        public var was: String?
        public var becomes: String

        public init(key: String, was: String?, becomes: String) {
            self.key = key
            self.was = was
            self.becomes = becomes
        }
    }

    /// The unit between the steps of a rollout: as it was found, and as it is left.
    public struct Engine: Codable, Hashable, Sendable {
        /// systemd's words for the unit file and for the unit: `enabled`, `active`.
        public var was: [String]
        public var becomes: [String]

        public init(was: [String], becomes: [String]) {
            self.was = was
            self.becomes = becomes
        }
    }
}
