/// One line of an agent's standard output: a JSON object whose only key names the message.
///
/// The first line is always `hello`; `progress` may follow any number of times; exactly one other message ends the
/// conversation. A conversation that ends without it has an unknown outcome, and is asked again.
public enum AgentMessage: Hashable, Sendable {
    case hello(AgentHello)
    case progress(StepProgress)
    /// Ends `report`.
    case report(HostReport)
    /// Ends `stage`: the update is on the other partition, armed and proved.
    case staged(StagedUpdate)
    /// Ends `stage`: the server was asked and has nothing newer. The host is as it was found.
    case nothingOffered(NothingOffered)
    /// Ends `stage`: another version than the target was offered. It was disarmed; the host is as it was found.
    case offerDiffers(OfferDiffers)
    /// Ends `reboot` and `rollback`: the host goes down now.
    case rebooting(BootMark)
    /// Ends `reboot` and `rollback`: this is a later boot than the one the request was about; nothing was done.
    case rebooted(BootMark)
    /// Ends `commit`: the running partition stays.
    case committed(CommitProof)
    /// Ends `abandon`: nothing of Turnstile is left on the host.
    case abandoned(AbandonedHost)
    /// Ends `claim`: the rollout has the host.
    case claimed(Claim)
    /// Ends `release`: the rollout has it no more.
    case released(Authority)
    /// Ends any changing verb: nothing was done, for a reason that asking again does not change.
    case refused(Refusal)
    /// Ends any verb: it was tried and did not succeed. The engine rests.
    case failed(StepFailure)
}

public struct AgentHello: Codable, Hashable, Sendable {
    public var protocolVersion: Int
    public var agentVersion: String

    public init(protocolVersion: Int = ProtocolVersion.current, agentVersion: String) {
        self.protocolVersion = protocolVersion
        self.agentVersion = agentVersion
    }
}

public struct StepProgress: Codable, Hashable, Sendable {
    /// A short sentence for people, for example `downloading 1409.7.0`.
    public var message: String
    /// 0…1, where the engine tells.
    public var fraction: Double?

    public init(message: String, fraction: Double? = nil) {
        self.message = message
        self.fraction = fraction
    }
}

public struct StagedUpdate: Codable, Hashable, Sendable {
    public var version: String
    /// How the version is known, strongest last.
    public var evidence: [VersionEvidence]
    /// The boot in which it was staged; what `reboot` must name.
    public var bootID: String
    public var partitions: PartitionTable
    /// The contents of that partition; nil from an agent that does not look.
    public var contents: PartitionContents?

    public init(
        version: String, evidence: [VersionEvidence], bootID: String, partitions: PartitionTable,
        contents: PartitionContents? = nil
    ) {
        self.version = version
        self.evidence = evidence
        self.bootID = bootID
        self.partitions = partitions
        self.contents = contents
    }
}

/// Where the staged version was read (facts 0.15).
public enum VersionEvidence: String, Codable, CaseIterable, Sendable {
    /// NEW_VERSION of a status block.
    case engineStatus
    /// `Omaha Response manifest version = …` in the engine's journal.
    case engineJournal
    /// os-release inside the newly written partition.
    case partition
}

public struct NothingOffered: Codable, Hashable, Sendable {
    public var runningVersion: String
    /// The group that was asked for.
    public var group: String?
    /// The running version itself, where that was on offer; it was not kept.
    public var offered: String?

    public init(runningVersion: String, group: String?, offered: String? = nil) {
        self.runningVersion = runningVersion
        self.group = group
        self.offered = offered
    }
}

public struct OfferDiffers: Codable, Hashable, Sendable {
    public var offered: String
    public var target: String

    public init(offered: String, target: String) {
        self.offered = offered
        self.target = target
    }
}

public struct BootMark: Codable, Hashable, Sendable {
    public var bootID: String

    public init(bootID: String) {
        self.bootID = bootID
    }
}

public struct CommitProof: Codable, Hashable, Sendable {
    public var version: String
    public var bootID: String
    public var partitions: PartitionTable
    /// The boot-flag line of the journal that was seen, whole; nil when the partition was committed already.
    public var journalLine: String?

    public init(version: String, bootID: String, partitions: PartitionTable, journalLine: String?) {
        self.version = version
        self.bootID = bootID
        self.partitions = partitions
        self.journalLine = journalLine
    }
}

public struct AbandonedHost: Codable, Hashable, Sendable {
    public var runningVersion: String
    /// What was given back, each a short sentence for people; empty where nothing of ours was left.
    public var undone: [String]
    /// What somebody else changed since, and was left as it is; each a short sentence for people.
    public var left: [String]

    public init(runningVersion: String, undone: [String], left: [String]) {
        self.runningVersion = runningVersion
        self.undone = undone
        self.left = left
    }
}

public struct Refusal: Codable, Hashable, Sendable {
    public var reason: Reason
    /// For people: what was refused, why, and what to do.
    public var message: String

    public init(reason: Reason, message: String) {
        self.reason = reason
        self.message = message
    }

    public enum Reason: String, Codable, CaseIterable, Sendable {
        case malformedRequest
        case protocolUnsupported
        /// The token is lower than the highest seen.
        case tokenOutdated
        /// The host is not in the phase the verb starts from.
        case phaseUnsuitable
        /// The boot named by the request is not the running one.
        case bootDiffers
        /// The host runs, or has staged, another version than the request says.
        case versionDiffers
        /// The host went back to its old partition.
        case reverted
        /// Not root.
        case notPermitted
        /// Something on the host would do harm, or reboot it unasked: a graceful-shutdown unit, locksmithd.
        case hostUnsafe
        /// Nothing proves that the other partition would boot.
        case partitionUnproved
        /// Another rollout has the host.
        case heldByAnother
        /// The agent is at work on another goal, for whoever holds the same token.
        case busy
    }
}

public struct StepFailure: Codable, Hashable, Sendable {
    public var reason: Reason
    /// For people: what could not be done, to what, why as the lower layer said it.
    public var message: String

    public init(reason: Reason, message: String) {
        self.reason = reason
        self.message = message
    }

    public enum Reason: String, Codable, CaseIterable, Sendable {
        /// The update server could not be asked, or answered nonsense (facts 0.32).
        case checkFailed
        /// Asked, offered, and then download, verification or postinst failed.
        case updateFailed
        /// The engine says an update waits for a reboot, but the other partition is not armed for it.
        case notArmed
        /// Set-good did not leave successful=1 on the running partition.
        case notCommitted
        case deadlinePassed
        /// A version lower than the running one was offered; it was disarmed (facts 0.38).
        case offeredOlder
        /// The host went down, or another goal took over, before the step was done.
        case cutShort
        /// There is no turnstile-agent.service to do the work.
        case unitMissing
        /// systemd refused, or the engine is missing.
        case engineUnavailable
        /// A file or command of the host failed.
        case hostFault
    }
}
