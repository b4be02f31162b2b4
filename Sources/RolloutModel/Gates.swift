/// Where on a host's path the gates are asked.
public enum Checkpoint: String, Codable, Hashable, Sendable {
    case beforeStage
    /// At the last instant: everything again.
    case beforeReboot
    /// The host is back; may it keep the new version?
    case beforeCommit
    /// The host is done; may the next one begin?
    case afterCommit
    /// May the host go back? It may be the one that is broken: the others must be whole without it.
    case beforeRollback
    /// The host is back on its old partition; is it whole again?
    case afterRollback
}

/// What the operator set for the gates.
public struct GateSettings: Codable, Hashable, Sendable {
    /// nil where nothing runs fleet.
    public var fleet: Fleet?
    /// nil where nothing runs etcd.
    public var etcd: Etcd?
    /// The hosts are nodes of Kubernetes.
    public var asksForNodes: Bool
    /// nil where hosts may be taken out at any time.
    public var windows: Windows?
    /// Deis' components are waited for between hosts, where that is the platform.
    public var waitsForDeis: Bool
    /// nil where hosts' clocks are not compared.
    public var clock: Clock?
    /// nil where hosts' settings are not compared.
    public var drift: Drift?
    /// nil where hosts' own units are not looked at.
    public var units: Units?

    public init(
        fleet: Fleet?, etcd: Etcd?, asksForNodes: Bool = false, windows: Windows? = nil,
        waitsForDeis: Bool = true, clock: Clock? = nil, drift: Drift? = nil, units: Units? = nil
    ) {
        self.fleet = fleet
        self.etcd = etcd
        self.asksForNodes = asksForNodes
        self.windows = windows
        self.waitsForDeis = waitsForDeis
        self.clock = clock
        self.drift = drift
        self.units = units
    }

    public struct Fleet: Codable, Hashable, Sendable {
        /// fleet's `agent_ttl`: how long a dead machine stays listed (facts 5.2). Where the registry shows a longer one, that
        /// counts (facts 0.47).
        public var ttlSeconds: Double
        /// What fleet runs is waited for between hosts.
        public var waitsForUnits: Bool

        public init(ttlSeconds: Double, waitsForUnits: Bool = true) {
            self.ttlSeconds = ttlSeconds
            self.waitsForUnits = waitsForUnits
        }
    }

    public struct Etcd: Codable, Hashable, Sendable {
        /// Samples in a row that must all be whole: one decides nothing (facts 0.23).
        public var samples: Int
        /// The etcd that the target brings, by the operator's word: `3.5` or `3.5.1`.
        public var after: String?

        public init(samples: Int, after: String? = nil) {
            self.samples = samples
            self.after = after
        }
    }

    public struct Clock: Codable, Hashable, Sendable {
        /// The most that two hosts' clocks may differ.
        public var skewSeconds: Double

        public init(skewSeconds: Double) {
            self.skewSeconds = skewSeconds
        }
    }

    public struct Units: Codable, Hashable, Sendable {
        /// May fail as they like.
        public var ignored: [UnitPattern]
        /// For how long a host that is back must have none failing, and none starting.
        public var steadySeconds: Double

        public init(ignored: [UnitPattern] = [], steadySeconds: Double) {
            self.ignored = ignored
            self.steadySeconds = steadySeconds
        }
    }

    public struct Drift: Codable, Hashable, Sendable {
        public var compare: Compare
        /// What every host's user-data must be.
        public var userData: Expected?

        public init(compare: Compare, userData: Expected? = nil) {
            self.compare = compare
            self.userData = userData
        }

        /// Which differences between hosts hold.
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

    public struct Windows: Codable, Hashable, Sendable {
        /// Any of them will do.
        public var open: [MaintenanceWindow]
        /// What must be left of a window for a host to begin.
        public var minutesPerHost: Int

        public init(open: [MaintenanceWindow], minutesPerHost: Int) {
            self.open = open
            self.minutesPerHost = minutesPerHost
        }
    }
}

/// Every gate there is, asked about one host at one checkpoint. Pure: it reads inventories and fetches nothing.
public struct Gates: Sendable {
    public var plan: Plan
    public var settings: GateSettings
    /// What the hosts are upgraded to, once that is known.
    public var target: Version?
    /// Hosts that reverted and may be tried again.
    public var revertsAccepted: Set<HostID>
    /// Under which this rollout has the cluster; nil before it has it.
    public var token: Token?
    /// A person's word that etcd's point of no return may be passed.
    public var acceptsNoReturn: Bool
    /// What a person passed over.
    public var overridden: Set<OverridableGate>
    /// The host whose node was drained for its reboot.
    public var drained: HostID?
    /// Members of hosts that a person declared lost.
    public var lostMembers: Set<EtcdMemberID>
    /// The boot in which the host concerned was staged, and which is to end; nil before it is staged.
    public var stagedBoot: BootID?
    /// What each release brings.
    public var releases: ReleaseTable

    public init(
        plan: Plan, settings: GateSettings, target: Version? = nil, revertsAccepted: Set<HostID> = [],
        token: Token? = nil, acceptsNoReturn: Bool? = nil, overrides: [GateOverride]? = nil,
        drained: HostID? = nil, lostMembers: Set<EtcdMemberID> = [], stagedBoot: BootID? = nil,
        releases: ReleaseTable = .known
    ) {
        self.acceptsNoReturn = acceptsNoReturn ?? plan.acceptsNoReturn
        self.overridden = Set((overrides ?? plan.overrides).map(\.gate))
        self.drained = drained
        self.lostMembers = lostMembers
        self.stagedBoot = stagedBoot
        self.releases = releases
        self.token = token
        self.plan = plan
        self.settings = settings
        self.target = target ?? plan.target.pinned
        self.revertsAccepted = plan.retryReverted ? Set(plan.hosts.map(\.id)) : revertsAccepted
    }

    /// The answer of all gates together.
    ///
    /// - Parameters:
    ///   - history: inventories in the order they were taken, all of them after the last change that the checkpoint
    ///     must see. None at all is unknown, and holds.
    public func verdict(_ checkpoint: Checkpoint, of host: HostID, history: [Inventory]) -> Verdict {
        guard let latest = history.last else {
            return .hold([.etcdUnknown(why: "nothing was observed yet")])
        }
        var reasons = lockReasons(checkpoint, in: latest) + semaphoreReasons(checkpoint, history: history)
        let history = evidence(checkpoint, in: history)
        reasons += hostReasons(checkpoint, of: host, in: latest)
        reasons += preflightReasons(checkpoint, of: host, in: latest)
        // If this host broke etcd, fleet and its units stay broken until the host is rolled back.
        let brokeEtcd =
            checkpoint == .beforeRollback && settings.etcd != nil && isCause(host, in: latest)
        if let fleet = settings.fleet, !brokeEtcd {
            reasons += membershipReasons(checkpoint, of: host, history: history, fleet: fleet)
            reasons += unitReasons(checkpoint, in: latest)
        }
        if let units = settings.units {
            reasons += hostUnitReasons(checkpoint, of: host, history: history, units)
        }
        if settings.waitsForDeis, !brokeEtcd { reasons += deisReasons(checkpoint, in: latest) }
        if let etcd = settings.etcd {
            reasons += etcdReasons(checkpoint, of: host, history: history, samples: etcd.samples)
        }
        if settings.asksForNodes { reasons += nodeReasons(checkpoint, of: host, history: history) }
        if let windows = settings.windows {
            reasons += windowReasons(checkpoint, of: host, in: latest, windows)
        }
        reasons += releaseReasons(checkpoint, of: host, in: latest)
        reasons.removeAll { $0.overridableGate.map(overridden.contains) == true }
        // A person is asked for their word only when nothing else is in the way.
        if reasons.isEmpty { reasons = noReturnReasons(checkpoint, of: host, in: latest) }
        return Verdict(reasons)
    }
}
