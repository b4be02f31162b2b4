/// An agent's reading of its host at one moment. Absent values are never guessed; `unreadable` tells why they are
/// absent.
public struct HostReport: Codable, Hashable, Sendable {
    /// `/etc/machine-id`: 32 hexadecimal digits; also fleet's name for the host (facts 5.2).
    public var machineID: String
    /// `/proc/sys/kernel/random/boot_id`: changes with every boot, and with nothing else.
    public var bootID: String
    public var hostname: String
    public var uptimeSeconds: Double?
    /// `ID`, `VERSION_ID` and `PRETTY_NAME` of os-release (facts 3).
    public var distribution: String?
    public var version: String?
    public var prettyName: String?
    /// `GROUP` and `SERVER` in force, after the search order of facts 2.
    public var group: String?
    public var updateServer: String?
    public var rebootStrategy: String?
    public var engine: EngineUnit?
    /// The status of the engine; nil while the engine is not running.
    public var engineStatus: EngineReading?
    public var partitions: PartitionTable?
    /// The marker of facts 0.5 exists: an update is applied and waits for a reboot.
    public var updatePending: Bool
    /// `systemctl is-system-running`: `running`, `degraded`, …
    public var systemState: String?
    /// systemd's units that fail or are starting, and services that run; nil where they could not be read, and from an
    /// agent that does not tell.
    public var units: HostUnits?
    /// The units that would harm the host, or reboot it unasked, during a rollout; empty for a host that is fit for
    /// one.
    public var hazards: [HostHazard]
    /// The host's wall clock at the time of the report, in seconds since 1970.
    public var wallClockSeconds: Double?
    public var cgroups: CgroupHierarchy?
    /// The free space for the files that staging writes.
    public var space: [HostSpace]
    /// The files by which the host sets up its services; nil where not all of them could be read.
    public var settings: HostSettings?
    /// The service that runs etcd on the host; nil from an agent that does not look, and where it could not.
    public var etcd: EtcdStart?
    public var agent: AgentState
    public var unreadable: [Unreadable]
    /// cgpt's complaint about the partition table; nil where there is none, or an older agent did not ask.
    public var tableWarning: String?
    /// Lines of update.conf that update-engine takes otherwise than they are meant; nil from an older agent, which does
    /// not look.
    public var oddSettings: [OddSetting]?

    public init(
        machineID: String, bootID: String, hostname: String, uptimeSeconds: Double?, distribution: String?,
        version: String?, prettyName: String?, group: String?, updateServer: String?, rebootStrategy: String?,
        engine: EngineUnit?, engineStatus: EngineReading?, partitions: PartitionTable?, updatePending: Bool,
        systemState: String?, units: HostUnits?, hazards: [HostHazard], wallClockSeconds: Double?,
        cgroups: CgroupHierarchy?, space: [HostSpace], settings: HostSettings?, etcd: EtcdStart?,
        agent: AgentState, unreadable: [Unreadable], tableWarning: String?, oddSettings: [OddSetting]?
    ) {
        self.machineID = machineID
        self.bootID = bootID
        self.hostname = hostname
        self.uptimeSeconds = uptimeSeconds
        self.distribution = distribution
        self.version = version
        self.prettyName = prettyName
        self.group = group
        self.updateServer = updateServer
        self.rebootStrategy = rebootStrategy
        self.engine = engine
        self.engineStatus = engineStatus
        self.partitions = partitions
        self.updatePending = updatePending
        self.systemState = systemState
        self.units = units
        self.hazards = hazards
        self.wallClockSeconds = wallClockSeconds
        self.cgroups = cgroups
        self.space = space
        self.settings = settings
        self.etcd = etcd
        self.agent = agent
        self.unreadable = unreadable
        self.tableWarning = tableWarning
        self.oddSettings = oddSettings
    }
}

/// `systemctl show` of update-engine.service.
public struct EngineUnit: Codable, Hashable, Sendable {
    /// `loaded`, `masked`, `not-found`, …
    public var loadState: String
    /// `active`, `inactive`, `failed`, …
    public var activeState: String
    /// `enabled`, `disabled`, `masked`, `masked-runtime`, …
    public var unitFileState: String

    public init(loadState: String, activeState: String, unitFileState: String) {
        self.loadState = loadState
        self.activeState = activeState
        self.unitFileState = unitFileState
    }
}

/// A status block of update_engine_client (facts 1.2).
public struct EngineReading: Codable, Hashable, Sendable {
    /// `UPDATE_STATUS_…`, as printed.
    public var operation: String
    /// 0…1
    public var fraction: Double
    /// The new version; nil where the engine does not fill it (facts 0.15).
    public var newVersion: String?
    public var lastCheckedTime: Int64

    public init(operation: String, fraction: Double, newVersion: String?, lastCheckedTime: Int64) {
        self.operation = operation
        self.fraction = fraction
        self.newVersion = newVersion
        self.lastCheckedTime = lastCheckedTime
    }
}

/// The two USR partitions and which of them runs (facts 4).
public struct PartitionTable: Codable, Hashable, Sendable {
    /// The disk that carries both, for example `/dev/sda`.
    public var disk: String
    public var booted: Partition
    public var other: Partition

    public init(disk: String, booted: Partition, other: Partition) {
        self.disk = disk
        self.booted = booted
        self.other = other
    }

    /// True if the next boot takes the running partition again, because no bootable partition comes before it.
    public var staysOnNextBoot: Bool { !other.isBootable || !otherComesFirst }

    /// True if GRUB prefers the other partition. Of two with the same priority GRUB takes the one with the lower
    /// number.
    private var otherComesFirst: Bool {
        other.priority == booted.priority ? other.number < booted.number : other.priority > booted.priority
    }

    /// True if the running partition is marked good, so that the boot loader can always come back to it.
    public var runsGoodPartition: Bool { booted.successful && booted.tries == 0 }

    /// True if the running partition is marked good and every boot takes it from now on.
    public var isCommitted: Bool { runsGoodPartition && staysOnNextBoot }

    /// True if the next boot goes to the other partition, on its single try (facts 0.30: 2/1/0).
    public var isArmed: Bool { other.tries > 0 && other.priority > 0 && otherComesFirst }

    /// True if the other partition was booted on its single try and never marked good (facts 0.30: 2/0/0, or 1/0/0
    /// later), so that the host went back from it.
    public var otherWasTriedInVain: Bool { other.priority > 0 && other.tries == 0 && !other.successful }

    public struct Partition: Codable, Hashable, Sendable {
        public var number: Int
        /// `USR-A` or `USR-B`.
        public var label: String
        /// For example `/dev/sda3`.
        public var device: String
        public var priority: Int
        public var tries: Int
        public var successful: Bool

        /// True if GRUB considers the partition at all (facts 4, "GRUB choice").
        public var isBootable: Bool { priority > 0 && (tries > 0 || successful) }

        public init(
            number: Int, label: String, device: String, priority: Int, tries: Int, successful: Bool
        ) {
            self.number = number
            self.label = label
            self.device = device
            self.priority = priority
            self.tries = tries
            self.successful = successful
        }
    }
}

/// The content of the agent's own durable state file.
public struct AgentState: Codable, Hashable, Sendable {
    /// The path of that file. Where the file is among `HostReport.unreadable`, no value here can be relied on.
    public static let recordPath = "/var/lib/turnstile/state.json"

    public var agentVersion: String
    public var protocolVersion: Int
    public var phase: HostPhase
    /// The rollout that last changed this host; nil when no rollout ever did.
    public var authority: Authority?
    /// The rollout that has claimed this host; nil where there is none.
    public var claim: Claim?
    /// The highest token the agent has seen; nil where it has seen none.
    public var highestToken: Token?
    /// The journal that the agent was told of last; nil where it was told of none, and from an agent that does not keep
    /// it.
    public var journal: SeenJournal?
    /// The version staged, or committed, by that rollout.
    public var version: String?
    /// The last request for a changing verb, and its progress; nil when there never was one.
    public var goal: GoalState?
    /// True if update.conf or the mask differ from what was found, and `abandon` can restore them.
    public var holdsOriginal: Bool
    /// The etcd server version that ran under the partition before the update; nil where the agent was not told.
    public var etcdVersionBefore: String?
    /// The version this host went back from, until a later one is committed.
    public var revertedFrom: String?
    /// The minutes after its boot at which a host that is not committed goes back by itself; nil for never.
    public var deadManMinutes: Int?
    /// The contents of the partition that was staged last; that partition may run by now.
    public var contents: PartitionContents?
    /// The update that was downloaded ahead and is not armed; nil where there is none.
    public var prefetch: PrefetchState?

    public init(
        agentVersion: String, protocolVersion: Int, phase: HostPhase, authority: Authority?, claim: Claim?,
        highestToken: Token?, journal: SeenJournal?, version: String?, goal: GoalState?, holdsOriginal: Bool,
        etcdVersionBefore: String?, revertedFrom: String?, deadManMinutes: Int?, contents: PartitionContents?,
        prefetch: PrefetchState?
    ) {
        self.agentVersion = agentVersion
        self.protocolVersion = protocolVersion
        self.phase = phase
        self.authority = authority
        self.claim = claim
        self.highestToken = highestToken
        self.journal = journal
        self.version = version
        self.goal = goal
        self.holdsOriginal = holdsOriginal
        self.etcdVersionBefore = etcdVersionBefore
        self.revertedFrom = revertedFrom
        self.deadManMinutes = deadManMinutes
        self.contents = contents
        self.prefetch = prefetch
    }
}

/// An update that was downloaded ahead, as a report shows it.
public struct PrefetchState: Codable, Hashable, Sendable {
    public var version: String
    /// The boot in which it was downloaded. The host may have rebooted since, into its old system.
    public var bootID: String
    /// The label of the partition, for example `USR-B`.
    public var partition: String

    public init(version: String, bootID: String, partition: String) {
        self.version = version
        self.bootID = bootID
        self.partition = partition
    }
}

/// A request that an agent took, as its report shows it.
public struct GoalState: Codable, Hashable, Sendable {
    public var verb: AgentVerb
    /// True until the request is answered.
    public var isOpen: Bool

    public init(verb: AgentVerb, isOpen: Bool) {
        self.verb = verb
        self.isOpen = isOpen
    }
}

public struct Unreadable: Codable, Hashable, Sendable {
    /// The path or command that could not be read; one of the constants below where gates depend on it.
    public var subject: String

    public static let engineUnit = "update-engine.service"
    public static let engineStatus = "update_engine_client -status"
    /// The marker of facts 0.5.
    public static let updatePending = "/run/update_engine_autoupdate_completed"
    public static let hazards = "the units that could disturb a rollout"
    /// The path exists where the unified hierarchy is mounted, and nowhere else.
    public static let cgroups = "/sys/fs/cgroup/cgroup.controllers"
    public static let space = "the room for what staging writes"
    public static let settings = "user-data and drop-ins"
    public static let units = "systemctl list-units"
    public static let etcd = "the service that runs etcd"
    /// The other partition, once something is staged there.
    public static let stagedPartition = "the staged partition"
    public static let partitions = "partition table"

    public var reason: String

    public init(subject: String, reason: String) {
        self.subject = subject
        self.reason = reason
    }
}
