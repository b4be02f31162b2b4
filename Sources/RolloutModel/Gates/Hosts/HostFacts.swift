/// The facts that gates need of a host, by its own agent.
public struct HostFacts: Hashable, Sendable {
    public var machine: MachineID
    public var boot: BootID
    public var version: Version
    /// By its os-release; nil for a system that is none of these.
    public var distribution: Distribution?
    /// The running partition is marked good; nil where the partitions could not be read.
    public var committed: Bool?
    /// An update is on the other partition, and waits for a reboot.
    public var updatePending: Bool
    /// Why the next boot goes to the other partition, where no update waits for one; nil where it does not.
    public var otherIsNext: String?
    /// The damage to the partition table that cgpt reports, and the disk.
    public var damagedTable: DamagedTable?
    /// Lines of update.conf that update-engine reads otherwise than they are meant.
    public var oddSettings: [OddSetting]
    /// The rollout that last changed this host, and has not ended there.
    public var claimedBy: RolloutID?
    /// The lock holder that the host's agent has on record.
    public var holder: LockHolder?
    /// Units on the host that conflict with a rollout.
    public var hazards: [HostHazard]
    /// The version the host went back from, until a later one is committed.
    public var revertedFrom: Version?
    /// The label of the partition that runs; nil where the partitions could not be read.
    public var partition: String?
    /// The label of the partition that the host would go back to.
    public var otherPartition: String?
    /// The boot attributes of both partitions; nil where they could not be read. Only for evidence: gates go by what
    /// follows from them, above.
    public var partitionAttributes: PartitionAttributes?
    /// The etcd server version that ran under the partition before the last update, where that was told.
    public var etcdBefore: String?
    /// How the host's etcd is started now; nil if its agent does not tell, or none runs.
    public var etcd: EtcdSource?
    /// The contents of the partition that was staged last; that partition may run by now.
    public var contents: StagedContents?
    /// True if the other partition was booted once and never marked good.
    public var otherWasTriedInVain: Bool
    /// The operation that update-engine is at; nil while it is idle, or waits for a reboot.
    public var engineOperation: String?
    public var cgroups: CgroupHierarchy?
    public var space: [HostSpace]
    public var clock: ClockReading?
    public var settings: Settings?
    /// systemd units that are failed or being started, and services that run; nil if the agent did not tell.
    public var units: HostUnits?
    /// Facts that the host's agent could not tell, and why.
    public var untold: [Untold: String]

    public init(
        machine: MachineID, boot: BootID, version: Version, distribution: Distribution?, committed: Bool?,
        updatePending: Bool, otherIsNext: String?, damagedTable: DamagedTable?, oddSettings: [OddSetting],
        claimedBy: RolloutID?, holder: LockHolder?, hazards: [HostHazard], revertedFrom: Version?,
        partition: String?, otherPartition: String?, etcdBefore: String?, etcd: EtcdSource?,
        contents: StagedContents?, otherWasTriedInVain: Bool, engineOperation: String?,
        cgroups: CgroupHierarchy?, space: [HostSpace], clock: ClockReading?, settings: Settings?,
        units: HostUnits?, untold: [Untold: String]
    ) {
        self.machine = machine
        self.boot = boot
        self.version = version
        self.distribution = distribution
        self.committed = committed
        self.updatePending = updatePending
        self.otherIsNext = otherIsNext
        self.damagedTable = damagedTable
        self.oddSettings = oddSettings
        self.claimedBy = claimedBy
        self.holder = holder
        self.hazards = hazards
        self.revertedFrom = revertedFrom
        self.partition = partition
        self.otherPartition = otherPartition
        self.etcdBefore = etcdBefore
        self.etcd = etcd
        self.contents = contents
        self.otherWasTriedInVain = otherWasTriedInVain
        self.engineOperation = engineOperation
        self.cgroups = cgroups
        self.space = space
        self.clock = clock
        self.settings = settings
        self.units = units
        self.untold = untold
    }

    /// The attributes of a host's two partitions, as `USR-A 2/0/1`: label, priority, tries, successful.
    public struct PartitionAttributes: Hashable, Sendable {
        public var booted: String
        public var other: String

        public init(booted: String, other: String) {
            self.booted = booted
            self.other = other
        }
    }

    public struct DamagedTable: Hashable, Sendable {
        public var disk: String
        /// In cgpt's words.
        public var why: String

        public init(disk: String, why: String) {
            self.disk = disk
            self.why = why
        }
    }
}
