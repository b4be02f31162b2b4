import AgentProtocol

/// What the agent must remember across crashes and reboots: `/var/lib/turnstile/state.json`.
public struct HostRecord: Codable, Hashable, Sendable {
    /// Raised whenever a field changes meaning. A newer one is refused, never guessed at.
    public static let currentFormat = 1

    public var formatVersion: Int
    /// Of the highest token seen, and who carried it.
    public var authority: Authority?
    public var phase: HostPhase
    /// The host as it was found, as long as anything of ours is on it: also a mask that a finished rollout left.
    public var original: HostOriginal?
    /// The update that is, or was last, put on the other partition.
    public var staging: StagingMark?

    public init(
        formatVersion: Int = HostRecord.currentFormat, authority: Authority? = nil, phase: HostPhase = .idle,
        original: HostOriginal? = nil, staging: StagingMark? = nil
    ) {
        self.formatVersion = formatVersion
        self.authority = authority
        self.phase = phase
        self.original = original
        self.staging = staging
    }

    /// A rollout has begun with this host and neither committed it nor put it back.
    public var isUnfinished: Bool {
        switch phase {
        case .idle, .committed: false
        case .staging, .staged, .rebooting, .committing, .rollingBack: true
        }
    }

    /// What to give back in the end, when a rollout begins with the host as it is `now`.
    ///
    /// What an unfinished rollout changed is not how the host was found; nor is a mask that a finished one left.
    func original(now: HostOriginal) -> HostOriginal {
        guard let original else { return now }
        if isUnfinished { return original }
        var fresh = now
        if now.engine.isMasked { fresh.engine = original.engine }
        return fresh
    }
}

/// What a rollout changes besides the partitions, as it was before.
public struct HostOriginal: Codable, Hashable, Sendable {
    /// The file changed, links resolved.
    public var configurationPath: String
    /// nil: there was no such file.
    public var configuration: FileCopy?
    public var engine: EngineUnit

    public init(configurationPath: String, configuration: FileCopy?, engine: EngineUnit) {
        self.configurationPath = configurationPath
        self.configuration = configuration
        self.engine = engine
    }
}

/// One update on its way to, or on, the other partition.
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

    public init(
        bootID: String, partition: PartitionName, journaldCursor: String? = nil, version: String? = nil,
        evidence: [VersionEvidence] = [], isContentTouched: Bool = false
    ) {
        self.bootID = bootID
        self.partition = partition
        self.journaldCursor = journaldCursor
        self.version = version
        self.evidence = evidence
        self.isContentTouched = isContentTouched
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
