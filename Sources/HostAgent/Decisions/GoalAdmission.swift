import AgentProtocol

/// The fate of a request, in view of the one that was taken before it.
enum GoalAdmission: Hashable, Sendable {
    /// The same request was answered, and the answer still stands.
    case answered(AgentMessage)
    /// The same goal is being worked at: the second caller gets the first one's events and its answer.
    case joins
    /// The work of an earlier boot is not settled yet.
    case waitsForSettlement
    /// The request is a new goal. An open goal ends early.
    case taken
    case refused(Refusal)

    init(_ asked: GoalRequest, last: Goal?, bootID: String) {
        guard let last else {
            self = .taken
            return
        }
        let isSame = asked.isSameGoal(as: last.request)
        if let outcome = last.outcome {
            let isRepeated = isSame && asked.authority == last.request.authority
            self = isRepeated && outcome.standsWhenRepeated ? .answered(outcome) : .taken
        } else if last.bootID != bootID {
            self = .waitsForSettlement
        } else if isSame {
            self = .joins
        } else if asked.verb == .abandon || asked.authority.token > last.request.authority.token {
            self = .taken
        } else {
            self = .refused(
                Refusal(
                    reason: .busy,
                    message: "this host is at work on `\(last.request.verb.rawValue)` for rollout "
                        + "\(last.request.authority.rollout.debugDescription): ask again when that has ended, "
                        + "or take it back with `turnstile abandon`"))
        }
    }
}

extension AgentMessage {
    /// True for answers that end an attempt for good, however often its caller repeats the request. Other answers are
    /// worked out anew, since they may no longer be true.
    fileprivate var standsWhenRepeated: Bool {
        switch self {
        case .failed, .offerDiffers, .nothingOffered, .prefetchDoubted, .committed, .abandoned: true
        case .staged, .prefetched, .rebooting, .rebooted, .refused, .claimed, .released, .hello, .progress,
            .report:
            false
        }
    }

    /// True for messages that end a conversation.
    var isLast: Bool {
        switch self {
        case .hello, .progress: false
        case .report, .staged, .prefetched, .prefetchDoubted, .nothingOffered, .offerDiffers, .rebooting,
            .rebooted, .committed, .abandoned,
            .claimed, .released, .refused, .failed:
            true
        }
    }
}
