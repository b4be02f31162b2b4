import AgentProtocol

/// The agent's memory across crashes and reboots: `/var/lib/turnstile/state.json`.
public struct HostRecord: Codable, Hashable, Sendable {
    /// The format, raised whenever a field changes meaning. A newer format is refused, never guessed at.
    public static let currentFormat = 1

    public var formatVersion: Int
    /// The authority under which the host was changed last.
    public var authority: Authority?
    /// The claim of the rollout that has the host.
    public var claim: Claim?
    /// The highest token seen with a claim. The token outlives the claim.
    public var highestToken: Token?
    /// The journal that the agent was told of last; nil where an older agent wrote this record.
    public var journal: SeenJournal?
    public var phase: HostPhase
    /// The host as it was found, as long as any change of ours is on it: also a mask that a finished rollout left.
    public var original: HostOriginal?
    /// The update that is on the other partition, or was put there last.
    public var staging: StagingMark?
    /// The version this host went back from. A new try needs a person's consent.
    public var revertedFrom: String?
    /// The last rollback.
    public var rollback: RollbackMark?
    /// The minutes after its boot at which a host that is not committed goes back by itself; nil for never.
    public var deadManMinutes: Int?
    /// The last request that was taken.
    public var goal: Goal?
    /// The boot in which this record was found to differ from the one this agent wrote last; kept until the host is
    /// given back.
    public var replacedInBoot: String?

    public init(
        formatVersion: Int = HostRecord.currentFormat, authority: Authority? = nil, claim: Claim? = nil,
        highestToken: Token? = nil, phase: HostPhase = .idle, original: HostOriginal? = nil,
        staging: StagingMark? = nil, revertedFrom: String? = nil,
        rollback: RollbackMark? = nil, deadManMinutes: Int? = nil, goal: Goal? = nil
    ) {
        self.formatVersion = formatVersion
        self.authority = authority
        self.claim = claim
        self.highestToken = highestToken
        self.phase = phase
        self.original = original
        self.staging = staging
        self.revertedFrom = revertedFrom
        self.rollback = rollback
        self.deadManMinutes = deadManMinutes
        self.goal = goal
    }

    /// The reason why no agent can have written the record: numbers out of range. nil if all are valid.
    var complaint: String? {
        deadManMinutes.flatMap { RequestRules.deadMan($0) } ?? goal?.complaint
            ?? original?.partitions?.complaint ?? staging?.prefetch?.applied.complaint
    }

    /// True if a file that asks kured for a reboot would come only from our staging in this boot.
    func owesRebootRequest(in bootID: String) -> Bool {
        staging?.bootID == bootID && staging?.owesRebootRequest == true
    }

    /// True if a rollout has begun with this host, and neither committed it nor put it back.
    public var isUnfinished: Bool {
        switch phase {
        case .idle, .committed: false
        case .staging, .prefetched, .staged, .rebooting, .committing, .rollingBack: true
        }
    }

    /// The state to give back in the end, when a rollout begins with the host as it is `now`.
    ///
    /// A change by an unfinished rollout is not how the host was found; nor is a mask that a finished one left.
    func original(now: HostOriginal) -> HostOriginal {
        guard let original else { return now }
        if isUnfinished { return original }
        var fresh = now
        if now.engine.isMasked { fresh.engine = original.engine }
        return fresh
    }
}

/// The files and units that a rollout changes besides the partitions, as they were before.
public struct HostOriginal: Codable, Hashable, Sendable {
    /// The path of the changed file, with links resolved.
    public var configurationPath: String
    /// The file before the change; nil if there was no such file.
    public var configuration: FileCopy?
    /// The file as it was written; nil if it was not touched.
    public var written: FileCopy?
    public var engine: EngineUnit
    /// The partition table, with the attributes that both partitions had.
    public var partitions: PartitionTable?

    public init(
        configurationPath: String, configuration: FileCopy?, written: FileCopy? = nil, engine: EngineUnit,
        partitions: PartitionTable? = nil
    ) {
        self.configurationPath = configurationPath
        self.configuration = configuration
        self.written = written
        self.engine = engine
        self.partitions = partitions
    }
}

/// An update on its way to, or on, the other partition.
public struct StagingMark: Codable, Hashable, Sendable {
    /// The boot in which the update was staged.
    public var bootID: String
    /// Number, label and device of the partition written.
    public var partition: PartitionName
    /// journald's cursor before the engine was started; nil until it was read, empty where the journal was empty.
    public var journaldCursor: String?
    /// The staged version; nil until it is proved.
    public var version: String?
    public var evidence: [VersionEvidence]
    /// True if a download may have overwritten the partition, whatever its attributes say (facts 0.31).
    public var isContentTouched: Bool
    /// The version that ran when the update was staged, and the etcd server with it.
    public var previousVersion: String?
    public var previousEtcdVersion: String?
    /// True if there was no request to reboot when staging began, so that postinst's request is to be removed
    /// (facts 0.56). nil once it was removed, and where there was a request before.
    public var owesRebootRequest: Bool?
    /// journald's cursor when the update was committed; the engine's later entries come after it.
    public var commitCursor: String?
    /// The contents of the partition; nil until they were read.
    public var contents: PartitionContents?
    /// The facts about an update that was downloaded ahead; nil once it is armed, and for one that was not.
    public var prefetch: PrefetchMark?

    public init(
        bootID: String, partition: PartitionName, journaldCursor: String? = nil, version: String? = nil,
        evidence: [VersionEvidence] = [], isContentTouched: Bool = false, previousVersion: String? = nil,
        previousEtcdVersion: String? = nil, owesRebootRequest: Bool? = nil, commitCursor: String? = nil,
        contents: PartitionContents? = nil
    ) {
        self.bootID = bootID
        self.partition = partition
        self.journaldCursor = journaldCursor
        self.version = version
        self.evidence = evidence
        self.isContentTouched = isContentTouched
        self.previousVersion = previousVersion
        self.previousEtcdVersion = previousEtcdVersion
        self.owesRebootRequest = owesRebootRequest
        self.commitCursor = commitCursor
        self.contents = contents
    }
}

/// A reboot back to the other partition.
public struct RollbackMark: Codable, Hashable, Sendable {
    /// The boot that the rollback was to end.
    public var bootID: String
    /// The partition that is left, and the version on it.
    public var from: PartitionName
    public var version: String

    public init(bootID: String, from: PartitionName, version: String) {
        self.bootID = bootID
        self.from = from
        self.version = version
    }
}

/// A partition without its changing attributes.
public struct PartitionName: Codable, Hashable, Sendable {
    public var number: Int
    public var label: String
    public var device: String

    public init(number: Int, label: String, device: String) {
        self.number = number
        self.label = label
        self.device = device
    }

    public init(_ partition: PartitionTable.Partition) {
        self.init(number: partition.number, label: partition.label, device: partition.device)
    }
}

extension PartitionTable {
    /// The first attribute that is out of range: four bits each in a GPT (facts 4), and a partition's number.
    fileprivate var complaint: String? {
        for partition in [booted, other] {
            guard (1...128).contains(partition.number), (0...15).contains(partition.priority),
                (0...15).contains(partition.tries)
            else { return "\(partition.label.debugDescription) has numbers that no partition has" }
        }
        return nil
    }
}
