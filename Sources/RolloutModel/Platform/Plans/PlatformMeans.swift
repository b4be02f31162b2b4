/// The means of a platform's upgrade, as the operator gave them. Each process that goes on with the upgrade
/// looks the means up again.
public struct PlatformMeans: Codable, Hashable, Sendable {
    public var old: Deisctl
    public var new: Deisctl
    /// The controller's address, asked from the operator's machine; nil where it is asked through the
    /// routers.
    public var controller: String?
    /// The directory of the backup, on the operator's machine; nil where a person says that there is one.
    public var backup: String?

    /// A deisctl with its templates.
    public struct Deisctl: Codable, Hashable, Sendable {
        /// A path on the operator's machine, or `HOST:PATH`.
        public var program: String
        /// A directory on the operator's machine.
        public var templates: String
        /// The SHA-256 of program and templates together. Other files under the same names are refused.
        public var digest: String

        public init(program: String, templates: String, digest: String) {
            self.program = program
            self.templates = templates
            self.digest = digest
        }
    }

    public init(old: Deisctl, new: Deisctl, controller: String? = nil, backup: String? = nil) {
        self.old = old
        self.new = new
        self.controller = controller
        self.backup = backup
    }

    public func deisctl(_ side: DeisctlSide) -> Deisctl {
        switch side {
        case .old: old
        case .new: new
        }
    }
}
