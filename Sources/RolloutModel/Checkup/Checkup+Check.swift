extension Checkup {
    /// Something that is asked. A set-up depends on the checks in this order: from this machine outward.
    public enum Check: String, Codable, Hashable, Sendable, CaseIterable, Comparable {
        case configuration
        case settings
        case keys
        case journal
        case proxies
        case window
        case pages
        case connection
        case hostKey = "host-key"
        case login
        case shell = "login-shell"
        case sudo
        case agent
        case engine = "update-engine"
        case host
        case etcd
        case members = "etcd-members"
        case fleet
        case fleetTTL = "fleet-ttl"
        case consul
        case clock
        case reboots
        case kubernetes
        case lock

        /// The thing asked about, in a few words.
        public var asked: String {
            switch self {
            case .configuration: "configuration"
            case .settings: "files and programs that settings name"
            case .keys: "keys to log in with"
            case .journal: "journal directory"
            case .proxies: "proxies in the environment"
            case .window: "maintenance window"
            case .pages: "pages that must say yes"
            case .connection: "connection by ssh"
            case .hostKey: "host key"
            case .login: "login"
            case .shell: "login shell"
            case .sudo: "root by sudo"
            case .agent: "agent"
            case .engine: "update-engine"
            case .host: "state for an upgrade"
            case .etcd: "own etcd"
            case .members: "members of etcd"
            case .fleet: "machines of fleet"
            case .fleetTTL: "fleet's agent_ttl"
            case .consul: "Consul"
            case .clock: "clock"
            case .reboots: "others that reboot hosts"
            case .kubernetes: "Kubernetes by kubectl"
            case .lock: "the cluster's lock"
            }
        }

        public static func < (one: Check, other: Check) -> Bool { one.place < other.place }

        private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }
}
