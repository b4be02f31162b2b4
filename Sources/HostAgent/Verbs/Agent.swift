import AgentProtocol
import Logging

/// A run of turnstile-agent: a verb, its request, its answer.
public struct Agent: Sendable {
    /// The version of this program.
    public static let version = TurnstileVersion.text

    private static let reportAllowed = Duration.seconds(120)

    private let effects: HostEffects
    private let logger: Logger

    public init(effects: HostEffects, logger: Logger) {
        self.effects = effects
        self.logger = logger
    }

    /// How the process ends; the answer itself is a message.
    public enum Exit: Int32, Sendable {
        case done = 0
        case failed = 1
        case refused = 2
        /// Not a request of this protocol.
        case usage = 64
    }

    /// Sees to the verb and says its one answer, whatever happens.
    ///
    /// A verb that changes the host is worked at by the host's own unit; here it is handed over, and followed.
    ///
    /// - Parameter requestLine: reads the request, where the verb takes one.
    public func perform(_ verb: AgentVerb, requestLine: () -> [UInt8]) async -> Exit {
        effects.say(.hello(AgentHello(agentVersion: Self.version)))
        do {
            switch verb {
            case .report:
                let step = Step(effects: effects, logger: logger, end: effects.now() + Self.reportAllowed)
                var report = ReportStep(step: step, agentVersion: Self.version)
                return say(await report.run().message)
            case .stage: return say(try await ask(.stage(try read(requestLine()))))
            case .prefetch: return say(try await ask(.prefetch(try read(requestLine()))))
            case .arm: return say(try await ask(.arm(try read(requestLine()))))
            case .reboot: return say(try await ask(.reboot(try read(requestLine()))))
            case .commit: return say(try await ask(.commit(try read(requestLine()))))
            case .rollback: return say(try await ask(.rollback(try read(requestLine()))))
            case .abandon: return say(try await ask(.abandon(try read(requestLine()))))
            case .claim: return say(try await claim(try read(requestLine())).message)
            case .release: return say(try await release(try read(requestLine())).message)
            }
        } catch {
            return say(StepStop(error).message)
        }
    }

    private func read<Request: ValidatedRequest>(_ line: [UInt8]) throws(StepStop) -> Request {
        try RequestReader.read(Request.self, line: line)
    }

    // MARK: Who has the host

    /// Durable when it is answered. There is no work to it, and so no goal, and nothing that it disturbs.
    private func claim(_ request: ClaimRequest) async throws -> Claim {
        try requireRoot(for: .claim)
        try await update(in: try bootID()) { record in
            if let refusal = record.hold.take(request) { throw StepStop.refused(refusal) }
        }
        trail.note(token: request.authority.token)
        return request.claim
    }

    private func release(_ request: ReleaseRequest) async throws -> Authority {
        try requireRoot(for: .release)
        try await update(in: try bootID()) { record in
            if let refusal = record.hold.release(request) { throw StepStop.refused(refusal) }
            if request.resetsTokens == true { try trail.reset(token: request.authority.token) }
        }
        trail.note(token: request.authority.token)
        return request.authority
    }

    private func bootID() throws(HostFault) -> String { try HostReader(effects: effects).bootID() }

    private var trail: GoalTrail { GoalTrail(files: effects.files) }

    /// Changes the record, or what is left of it.
    private func update(in bootID: String, _ change: (inout HostRecord) throws -> Void) async throws {
        try await RecordStore(effects: effects).update { record in
            try record.recall(trail, bootID: bootID)
            try change(&record)
        }
    }

    private func requireRoot(for verb: AgentVerb) throws(StepStop) {
        guard !effects.isRoot() else { return }
        throw .refused(.notPermitted, "\(verb.rawValue) changes the host: run it as root, with sudo")
    }

    // MARK: Changing verbs

    /// Hands a request over, and follows what becomes of it.
    private func ask(_ request: GoalRequest) async throws -> AgentMessage {
        try requireRoot(for: request.verb)
        let follower = GoalFollower(effects: effects, logger: logger)
        for _ in 1...Self.settlementsMax {
            switch try await admit(request) {
            case .answered(let message): return message
            case .open(let goal): return try await follower.follow(goal, say: effects.say)
            case .unsettled(let goal): _ = try await follower.follow(goal, say: { _ in })
            }
        }
        throw StepStop.failed(
            .hostFault,
            "what an earlier boot left on this host is not settled: look at `journalctl -u "
                + "\(GoalFollower.unit)` on it")
    }

    /// Once for the boot that went before, and once more for a reboot in between.
    private static let settlementsMax = 3

    private enum Admitted {
        case answered(AgentMessage)
        case open(Goal)
        case unsettled(Goal)
    }

    /// Makes durable by whose word the host is changed, and to what end, before anything is done.
    private func admit(_ request: GoalRequest) async throws -> Admitted {
        let bootID = try bootID()
        // Goals are compared, and kept, without how far a journal had come.
        var goal = request
        goal.authority = request.authority.bare
        var admitted: Admitted?
        try await update(in: bootID) { record in
            let former = record.authority
            if let refusal = record.hold.change(by: request.authority) { throw StepStop.refused(refusal) }
            let admission = GoalAdmission(goal, last: record.goal, bootID: bootID)
            if case .refused(let refusal) = admission { throw StepStop.refused(refusal) }
            admitted = try take(goal, into: &record, admission, former: former, bootID: bootID)
        }
        guard let admitted else { preconditionFailure("an update of the record came to nothing") }
        trail.note(token: request.authority.token)
        if case .open(let goal) = admitted { try? trail.end(goal) }
        return admitted
    }

    private func take(
        _ request: GoalRequest, into record: inout HostRecord, _ admission: GoalAdmission, former: Authority?,
        bootID: String
    ) throws(HostFault) -> Admitted {
        switch (admission, record.goal) {
        case (.answered(let message), _): return .answered(message)
        case (.waitsForSettlement, let goal?): return .unsettled(goal)
        case (.joins, var goal?):
            goal.request.authority = request.authority
            record.goal = goal
            return .open(goal)
        case (.taken, _), (.joins, nil), (.waitsForSettlement, nil), (.refused, _):
            let goal = Goal(
                number: 1 + (record.goal?.number ?? 0), request: request, bootID: bootID,
                end: effects.now() + request.allowed, former: former,
                nonce: Goal.freshNonce())
            try trail.begin(goal, after: record.goal)
            record.goal = goal
            return .open(goal)
        }
    }

    private func say(_ message: AgentMessage) -> Exit {
        effects.say(message)
        return switch message {
        case .failed: .failed
        case .refused(let refusal):
            refusal.reason == .malformedRequest || refusal.reason == .protocolUnsupported ? .usage : .refused
        case .hello, .progress, .report, .staged, .prefetched, .prefetchDoubted, .nothingOffered,
            .offerDiffers, .rebooting, .rebooted, .committed, .abandoned, .claimed, .released:
            .done
        }
    }
}
