import AgentProtocol
import Testing

/// A message ends the verbs that it answers, and no other one.
@Suite struct VerbAnswerTests {
    let messages: [AgentMessage]

    init() throws {
        messages = try KeptLines.present.messages().map { try Wire.decode(AgentMessage.self, line: $0) }
    }

    @Test func aMessageEndsItsOwnVerbsOnly() {
        for message in messages {
            let verbs = AgentVerb.allCases.filter { $0.ending(of: message) != nil }
            #expect(verbs == MessageKind(message).verbs, "\(message)")
        }
    }

    @Test func anEndingIsTheMessageItWasReadOf() {
        for message in messages {
            for verb in MessageKind(message).verbs { #expect(verb.ending(of: message) == message) }
        }
    }
}

extension MessageKind {
    /// The verbs that it ends.
    fileprivate var verbs: [AgentVerb] {
        switch self {
        case .hello, .progress: []
        case .report: [.report]
        case .staged: [.stage, .arm]
        case .nothingOffered, .offerDiffers: [.stage, .prefetch]
        case .prefetched: [.prefetch]
        case .prefetchDoubted: [.arm]
        case .rebooting, .rebooted: [.reboot, .rollback]
        case .committed: [.commit]
        case .abandoned: [.abandon]
        case .claimed: [.claim]
        case .released: [.release]
        case .refused, .failed: AgentVerb.allCases
        }
    }
}

extension AgentVerb {
    /// nil for a message that does not end it.
    fileprivate func ending(of message: AgentMessage) -> AgentMessage? {
        switch self {
        case .report: VerbEnding<HostReport>(message)?.message
        case .stage: VerbEnding<StageRequest.Answer>(message)?.message
        case .prefetch: VerbEnding<PrefetchRequest.Answer>(message)?.message
        case .arm: VerbEnding<ArmRequest.Answer>(message)?.message
        case .reboot: VerbEnding<RebootRequest.Answer>(message)?.message
        case .commit: VerbEnding<CommitRequest.Answer>(message)?.message
        case .rollback: VerbEnding<RollbackRequest.Answer>(message)?.message
        case .abandon: VerbEnding<AbandonRequest.Answer>(message)?.message
        case .claim: VerbEnding<ClaimRequest.Answer>(message)?.message
        case .release: VerbEnding<ReleaseRequest.Answer>(message)?.message
        }
    }
}
