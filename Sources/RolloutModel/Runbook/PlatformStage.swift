/// A stage that upgrades the platform, with the choices that `platform upgrade` has as options.
public struct PlatformStage: Codable, Hashable, Sendable {
    public var way: PlatformWish.Way
    public var to: PlatformVersion
    /// The deisctl of the version that runs.
    public var old: Tool
    /// The deisctl of the version wanted.
    public var new: Tool
    public var keptImages: [PlatformComponent]
    /// True if the load balancer speaks the PROXY protocol to the routers; nil where nobody said so.
    public var proxyProtocol: Bool?
    /// True if a person says that there is a backup.
    public var isBackedUp: Bool
    /// The directory of the backup; nil for a new one where the command runs.
    public var backup: String?
    /// The controller's address, asked from the operator's machine; nil where the routers are asked.
    public var controller: String?

    /// A deisctl, and the directory of its templates on the operator's machine.
    public struct Tool: Codable, Hashable, Sendable {
        public var program: DeisctlPlace
        /// An absolute path.
        public var templates: String

        public init(program: DeisctlPlace, templates: String) {
            self.program = program
            self.templates = templates
        }
    }

    public init(
        way: PlatformWish.Way, to: PlatformVersion, old: Tool, new: Tool, keptImages: [PlatformComponent],
        proxyProtocol: Bool?, isBackedUp: Bool, backup: String?, controller: String?
    ) {
        self.way = way
        self.to = to
        self.old = old
        self.new = new
        self.keptImages = keptImages
        self.proxyProtocol = proxyProtocol
        self.isBackedUp = isBackedUp
        self.backup = backup
        self.controller = controller
    }
}
