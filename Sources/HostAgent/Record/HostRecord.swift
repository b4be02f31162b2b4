import AgentProtocol

/// The agent's memory across crashes and reboots: `/var/lib/turnstile/state.json`.
public struct HostRecord: Codable, Hashable, Sendable {
    /// Raised whenever a field changes meaning. A newer one is refused, never guessed at.
    public static let currentFormat = 1

    public var formatVersion: Int
    /// By whose word the host was changed last.
    public var authority: Authority?
    /// The rollout that has the host.
    public var claim: Claim?
    /// The highest token seen with a claim; it outlives the claim.
    public var highestToken: Token?
    /// The journal that was told of last; nil where an older agent wrote this.
    public var journal: SeenJournal?
    public var phase: HostPhase
    /// The host as it was found, as long as anything of ours is on it: also a mask that a finished rollout left.
    public var original: HostOriginal?
    /// The update that is, or was last, put on the other partition.
    public var staging: StagingMark?
    /// The version this host went back from; a person's word is needed before it is tried again.
    public var revertedFrom: String?
    /// The way back that was taken last.
    public var rollback: RollbackMark?
    /// The host goes back by itself when it is not committed this long after its boot.
    public var deadManMinutes: Int?
    /// The last request taken.
    public var goal: Goal?
    /// The boot in which this record was found to be another than this agent wrote last, until the host is given back.
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

    /// Why no agent can have written the record: numbers out of range. nil if all are valid.
    var complaint: String? {
        deadManMinutes.flatMap { RequestRules.deadMan($0) } ?? goal?.complaint
            ?? original?.partitions?.complaint
    }

    /// True if a file that asks kured for a reboot would come only from our staging in this boot.
    func owesRebootRequest(in bootID: String) -> Bool {
        staging?.bootID == bootID && staging?.owesRebootRequest == true
    }

    /// True if a rollout has begun with this host, and neither committed it nor put it back.
    public var isUnfinished: Bool {
        switch phase {
        case .idle, .committed: false
        case .staging, .staged, .rebooting, .committing, .rollingBack: true
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

/// The things that a rollout changes besides the partitions, as they were before.
public struct HostOriginal: Codable, Hashable, Sendable {
    /// The file changed, links resolved.
    public var configurationPath: String
    /// nil: there was no such file.
    public var configuration: FileCopy?
    /// The file as it was written; nil: it was not touched.
    public var written: FileCopy?
    public var engine: EngineUnit
    /// With the attributes that both partitions had.
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
    /// The boot in which it was staged.
    public var bootID: String
    /// Number, label and device of the partition written.
    public var partition: PartitionName
    /// Where journald stood before the engine was started; nil until it was asked, empty where it had nothing.
    public var journaldCursor: String?
    /// nil until it is proved.
    public var version: String?
    public var evidence: [VersionEvidence]
    /// A download may have overwritten the partition, whatever its attributes say (facts 0.31).
    public var isContentTouched: Bool
    /// The version that ran when it was staged, and the etcd server with it.
    public var previousVersion: String?
    public var previousEtcdVersion: String?
    /// Nothing asked for a reboot when it was begun: what postinst leaves of that kind is to be removed (facts 0.56).
    /// nil once it was, and where something had asked before.
    public var owesRebootRequest: Bool?
    /// Where journald stood when the update was committed: what the engine wrote since is behind it.
    public var commitCursor: String?
    /// The contents of the partition; nil until it was read.
    public var contents: PartitionContents?

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
    /// The boot it was to end.
    public var bootID: String
    /// The partition left, and the version on it.
    public var from: PartitionName
    public var version: String

    public init(bootID: String, from: PartitionName, version: String) {
        self.bootID = bootID
        self.from = from
        self.version = version
    }
}

/// A partition apart from its changing attributes.
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
    /// Four bits each in a GPT (facts 4), and a partition's number.
    fileprivate var complaint: String? {
        for partition in [booted, other] {
            guard (1...128).contains(partition.number), (0...15).contains(partition.priority),
                (0...15).contains(partition.tries)
            else { return "\(partition.label.debugDescription) has numbers that no partition has" }
        }
        return nil
    }
}
