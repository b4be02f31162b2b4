/// The answers of one verb. A message that ends another verb cannot be converted to them.
public protocol VerbAnswer: Hashable, Sendable {
    init?(_ message: AgentMessage)
    var message: AgentMessage { get }
}

/// The end of a verb: an answer of its own, or one of the two ways in which every verb can end.
public enum VerbEnding<Answer: VerbAnswer>: Hashable, Sendable {
    case answered(Answer)
    /// The verb was refused with nothing done, for a reason that repeating the request does not change.
    case refused(Refusal)
    /// The verb was tried and did not succeed.
    case failed(StepFailure)

    /// The ending of a message; nil for a message that does not end this verb.
    public init?(_ message: AgentMessage) {
        if case .refused(let refusal) = message {
            self = .refused(refusal)
        } else if case .failed(let failure) = message {
            self = .failed(failure)
        } else if let answer = Answer(message) {
            self = .answered(answer)
        } else {
            return nil
        }
    }

    public var message: AgentMessage {
        switch self {
        case .answered(let answer): answer.message
        case .refused(let refusal): .refused(refusal)
        case .failed(let failure): .failed(failure)
        }
    }
}

/// Answers `stage`.
public enum StageAnswer: VerbAnswer {
    case staged(StagedUpdate)
    case nothingOffered(NothingOffered)
    case offerDiffers(OfferDiffers)

    public init?(_ message: AgentMessage) {
        switch message {
        case .staged(let update): self = .staged(update)
        case .nothingOffered(let nothing): self = .nothingOffered(nothing)
        case .offerDiffers(let offer): self = .offerDiffers(offer)
        case .hello, .progress, .report, .prefetched, .prefetchDoubted, .rebooting, .rebooted, .committed,
            .abandoned, .claimed, .released, .refused, .failed:
            return nil
        }
    }

    public var message: AgentMessage {
        switch self {
        case .staged(let update): .staged(update)
        case .nothingOffered(let nothing): .nothingOffered(nothing)
        case .offerDiffers(let offer): .offerDiffers(offer)
        }
    }
}

/// Answers `prefetch`.
public enum PrefetchAnswer: VerbAnswer {
    case prefetched(PrefetchedUpdate)
    case nothingOffered(NothingOffered)
    case offerDiffers(OfferDiffers)

    public init?(_ message: AgentMessage) {
        switch message {
        case .prefetched(let update): self = .prefetched(update)
        case .nothingOffered(let nothing): self = .nothingOffered(nothing)
        case .offerDiffers(let offer): self = .offerDiffers(offer)
        case .hello, .progress, .report, .staged, .prefetchDoubted, .rebooting, .rebooted, .committed,
            .abandoned, .claimed, .released, .refused, .failed:
            return nil
        }
    }

    public var message: AgentMessage {
        switch self {
        case .prefetched(let update): .prefetched(update)
        case .nothingOffered(let nothing): .nothingOffered(nothing)
        case .offerDiffers(let offer): .offerDiffers(offer)
        }
    }
}

/// Answers `arm`.
public enum ArmAnswer: VerbAnswer {
    case staged(StagedUpdate)
    case doubted(PrefetchDoubted)

    public init?(_ message: AgentMessage) {
        switch message {
        case .staged(let update): self = .staged(update)
        case .prefetchDoubted(let doubted): self = .doubted(doubted)
        case .hello, .progress, .report, .prefetched, .nothingOffered, .offerDiffers, .rebooting, .rebooted,
            .committed, .abandoned, .claimed, .released, .refused, .failed:
            return nil
        }
    }

    public var message: AgentMessage {
        switch self {
        case .staged(let update): .staged(update)
        case .doubted(let doubted): .prefetchDoubted(doubted)
        }
    }
}

/// Answers `reboot` and `rollback`.
public enum RebootAnswer: VerbAnswer {
    case rebooting(BootMark)
    case rebooted(BootMark)

    public init?(_ message: AgentMessage) {
        switch message {
        case .rebooting(let mark): self = .rebooting(mark)
        case .rebooted(let mark): self = .rebooted(mark)
        case .hello, .progress, .report, .staged, .prefetched, .prefetchDoubted, .nothingOffered,
            .offerDiffers, .committed, .abandoned, .claimed, .released, .refused, .failed:
            return nil
        }
    }

    public var message: AgentMessage {
        switch self {
        case .rebooting(let mark): .rebooting(mark)
        case .rebooted(let mark): .rebooted(mark)
        }
    }
}

/// Answers `report`.
extension HostReport: VerbAnswer {
    public init?(_ message: AgentMessage) {
        guard case .report(let report) = message else { return nil }
        self = report
    }

    public var message: AgentMessage { .report(self) }
}

/// Answers `commit`.
extension CommitProof: VerbAnswer {
    public init?(_ message: AgentMessage) {
        guard case .committed(let proof) = message else { return nil }
        self = proof
    }

    public var message: AgentMessage { .committed(self) }
}

/// Answers `abandon`.
extension AbandonedHost: VerbAnswer {
    public init?(_ message: AgentMessage) {
        guard case .abandoned(let host) = message else { return nil }
        self = host
    }

    public var message: AgentMessage { .abandoned(self) }
}

/// Answers `claim`.
extension Claim: VerbAnswer {
    public init?(_ message: AgentMessage) {
        guard case .claimed(let claim) = message else { return nil }
        self = claim
    }

    public var message: AgentMessage { .claimed(self) }
}

/// Answers `release`.
extension Authority: VerbAnswer {
    public init?(_ message: AgentMessage) {
        guard case .released(let authority) = message else { return nil }
        self = authority
    }

    public var message: AgentMessage { .released(self) }
}
