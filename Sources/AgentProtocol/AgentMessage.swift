/// A line of an agent's standard output: a JSON object whose only key names the message.
///
/// The first line is always `hello`; `progress` may follow any number of times; exactly one other message ends the
/// conversation. A conversation without such an end has an unknown outcome, and is repeated.
///
/// Indirect, as requests are: whatever holds one would have the code for copying a whole report, 50 kB in each of the
/// agent's steps.
public indirect enum AgentMessage: Hashable, Sendable {
    case hello(AgentHello)
    case progress(StepProgress)
    /// Ends `report`.
    case report(HostReport)
    /// Ends `stage` and `arm`: the update is on the other partition, armed and proved.
    case staged(StagedUpdate)
    /// Ends `prefetch`: the update is on the other partition and proved, and no boot takes it.
    case prefetched(PrefetchedUpdate)
    /// Ends `arm`: what was downloaded ahead may not be what is there, and is not armed.
    case prefetchDoubted(PrefetchDoubted)
    /// Ends `stage` and `prefetch`: the server was asked and has nothing newer. The host is as it was found.
    case nothingOffered(NothingOffered)
    /// Ends `stage` and `prefetch`: a version other than the target was offered, and was disarmed. The host is as it was found.
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
    /// Ends any verb: the verb was tried and did not succeed. The engine rests.
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
    /// The evidence for the version, strongest last.
    public var evidence: [VersionEvidence]
    /// The boot in which the update was staged. `reboot` must name it.
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

/// An update that was downloaded ahead, out of the boot order.
public struct PrefetchedUpdate: Codable, Hashable, Sendable {
    public var version: String
    /// The evidence for the version, strongest last.
    public var evidence: [VersionEvidence]
    public var partitions: PartitionTable
    /// The contents of the partition.
    public var contents: PartitionContents?

    public init(
        version: String, evidence: [VersionEvidence], partitions: PartitionTable, contents: PartitionContents?
    ) {
        self.version = version
        self.evidence = evidence
        self.partitions = partitions
        self.contents = contents
    }
}

public struct PrefetchDoubted: Codable, Hashable, Sendable {
    public var doubt: PrefetchDoubt
    /// The doubt for people: what was found, and what was expected.
    public var message: String
    /// True if the agent gave the host back, so that the update has to be downloaded anew. False if nothing was done.
    public var isGivenUp: Bool

    public init(doubt: PrefetchDoubt, message: String, isGivenUp: Bool) {
        self.doubt = doubt
        self.message = message
        self.isGivenUp = isGivenUp
    }
}

/// The source of the staged version (facts 0.15).
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
    /// The running version itself, where it was on offer; the offer was not kept.
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
    /// The whole boot-flag line of the journal that was seen; nil when the partition was committed already.
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
    /// The changes that were undone, each a short sentence for people; empty where the host had no change of ours.
    public var undone: [String]
    /// The changes that were left because somebody else changed the same thing since, each a short sentence for people.
    public var left: [String]

    public init(runningVersion: String, undone: [String], left: [String]) {
        self.runningVersion = runningVersion
        self.undone = undone
        self.left = left
    }
}

public struct Refusal: Codable, Hashable, Sendable {
    public var reason: Reason
    /// The refusal for people: what was refused, why, and what to do.
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
        /// The agent does not run as root.
        case notPermitted
        /// Something on the host would do harm, or reboot it unasked: a graceful-shutdown unit, locksmithd.
        case hostUnsafe
        /// There is no evidence that the other partition would boot.
        case partitionUnproved
        /// Another rollout has the host.
        case heldByAnother
        /// The agent is at work on another goal, for a caller with the same token.
        case busy
    }
}

public struct StepFailure: Codable, Hashable, Sendable {
    public var reason: Reason
    /// The failure for people: what could not be done, to what, and why, as the lower layer said it.
    public var message: String

    public init(reason: Reason, message: String) {
        self.reason = reason
        self.message = message
    }

    public enum Reason: String, Codable, CaseIterable, Sendable {
        /// The update server could not be asked, or answered nonsense (facts 0.32).
        case checkFailed
        /// The update was offered, and then download, verification or postinst failed.
        case updateFailed
        /// The engine says an update waits for a reboot, but the other partition is not armed for it.
        case notArmed
        /// The partition that was to leave the boot order is still in it.
        case stillArmed
        /// Set-good did not leave successful=1 on the running partition.
        case notCommitted
        case deadlinePassed
        /// A version lower than the running one was offered, and was disarmed (facts 0.38).
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
