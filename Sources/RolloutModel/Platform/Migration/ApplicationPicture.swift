/// An application as its controller tells it.
public struct ApplicationPicture: Hashable, Sendable {
    public var id: ApplicationID
    public var owner: AccountName
    /// The name that the platform gave to it: `<id>.<domain>`.
    public var name: DomainName
    /// The number of processes of each type that are asked for.
    public var structure: [String: Int]
    public var release: Release
    public var settings: ApplicationSettings
    public var domains: Set<DomainName>
    /// Users beside the owner who may use it.
    public var collaborators: Set<AccountName>
    public var containers: [Container]

    /// The newest release.
    public struct Release: Hashable, Sendable {
        public var version: Int
        /// nil for an application that was never deployed.
        public var build: Build?

        public init(version: Int, build: Build?) {
            self.version = version
            self.build = build
        }
    }

    public struct Build: Hashable, Sendable {
        public var image: String
        /// The command of each type of process; empty where the image has its own.
        public var procfile: [String: String]

        public init(image: String, procfile: [String: String]) {
            self.image = image
            self.procfile = procfile
        }
    }

    public struct Container: Hashable, Sendable {
        public var type: String
        /// The controller's word for the container's state; `up` is the one that serves.
        public var state: String

        public init(type: String, state: String) {
            self.type = type
            self.state = state
        }
    }

    public init(
        id: ApplicationID, owner: AccountName, name: DomainName, structure: [String: Int], release: Release,
        settings: ApplicationSettings, domains: Set<DomainName>, collaborators: Set<AccountName>,
        containers: [Container]
    ) {
        self.id = id
        self.owner = owner
        self.name = name
        self.structure = structure
        self.release = release
        self.settings = settings
        self.domains = domains
        self.collaborators = collaborators
        self.containers = containers
    }

    /// True if nobody has changed anything since the application was created: the first release, without a build,
    /// settings, names and users.
    public var isNew: Bool {
        release.version <= 1 && release.build == nil && settings.madeByPeople.isEmpty && domains.isEmpty
            && collaborators.isEmpty && containers.isEmpty
    }

    /// The types of which there is to be a process.
    public var running: [String: Int] { structure.filter { $0.value > 0 } }
}

/// The applications and users of a controller, all pages of both.
public struct ControllerRoll: Hashable, Sendable {
    /// The version of the controller's API: `1.7`.
    public var api: String
    public var applications: [ApplicationID]
    public var accounts: Set<AccountName>
    /// The names that certificates are for.
    public var certificates: Set<String>

    public init(
        api: String, applications: [ApplicationID], accounts: Set<AccountName>, certificates: Set<String>
    ) {
        self.api = api
        self.applications = applications
        self.accounts = accounts
        self.certificates = certificates
    }

    /// The versions of the API that Deis 1.8 to 1.13.4 have.
    public static let knownAPIs: Set<String> = ["1.5", "1.6", "1.7"]

    /// True if an application can be given to another owner (docs/reference/api-v1.7.rst).
    public var canTransfer: Bool { api == "1.7" }
}
