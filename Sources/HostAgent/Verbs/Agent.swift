import AgentProtocol
import Logging

/// One run of turnstile-agent: a verb, its request, its answer.
public struct Agent: Sendable {
    /// The version of this program.
    public static let version = "0.1.0"

    private static let reportAllowed = Duration.seconds(120)
    private static let rebootAllowed = Duration.seconds(120)

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

    /// Performs the verb and says its one answer, whatever happens.
    ///
    /// - Parameter requestLine: reads the request, where the verb takes one.
    public func perform(_ verb: AgentVerb, requestLine: () -> [UInt8]) async -> Exit {
        effects.say(.hello(AgentHello(agentVersion: Self.version)))
        switch verb {
        case .report:
            var report = ReportStep(step: step(allowed: Self.reportAllowed), agentVersion: Self.version)
            return say(.report(await report.run()))
        case .stage:
            return await change(StageRequest.self, requestLine(), allowed: \.allowed) {
                step, request, record in
                var stage = StageStep(step: step, request: request, record: record)
                return try await stage.run()
            }
        case .reboot:
            return await change(RebootRequest.self, requestLine(), allowed: { _ in Self.rebootAllowed }) {
                step, request, record in
                var reboot = RebootStep(step: step, request: request, record: record)
                return try await reboot.run()
            }
        case .commit:
            return await change(CommitRequest.self, requestLine(), allowed: \.allowed) {
                step, request, record in
                var commit = CommitStep(step: step, request: request, record: record)
                return try await commit.run()
            }
        case .rollback, .abandon:
            return say(StepStop.refused(.phaseUnsuitable, "this agent knows no \(verb.rawValue) yet").message)
        }
    }

    private func step(allowed: Duration) -> Step {
        Step(effects: effects, logger: logger, end: effects.now() + allowed)
    }

    // MARK: Changing verbs

    /// A request is understood, allowed and alone before its verb sees it.
    private func change<Request: ValidatedRequest>(
        _ type: Request.Type, _ line: [UInt8], allowed: (Request) -> Duration,
        body: (Step, Request, HostRecord) async throws -> AgentMessage
    ) async -> Exit {
        var exit = Exit.failed
        do {
            let request = try RequestReader.read(type, line: line)
            guard effects.isRoot() else {
                throw StepStop.refused(
                    .notPermitted, "\(Request.verb.rawValue) changes the host: run it as root, with sudo")
            }
            let step = step(allowed: allowed(request))
            try effects.files.makeDirectory(RecordStore.directory, 0o700)
            try await effects.holdingLock(RecordStore.lockPath, step.remaining) {
                let record = try admit(request.authority, step.store)
                // Answered while the lock is held: a waiting second caller acts only after the first was told.
                exit = await answer { try await body(step, request, record) }
            }
        } catch {
            exit = say(StepStop(error).message)
        }
        return exit
    }

    private func answer(_ body: () async throws -> AgentMessage) async -> Exit {
        let message: AgentMessage
        do { message = try await body() } catch { message = StepStop(error).message }
        let exit = say(message)
        guard case .rebooting = message else { return exit }
        do {
            try await RebootStep.goDown(effects)
            return exit
        } catch {
            // Already answered: the boot id will not change, and the coordinator asks again.
            logger.error("the host does not go down", metadata: ["reason": "\(error)"])
            return .failed
        }
    }

    /// Remembers the highest token before anything is done by its word.
    private func admit(_ authority: Authority, _ store: RecordStore) throws -> HostRecord {
        var record = try store.load()
        if let refusal = TokenRule.refusal(of: authority, seen: record.authority) {
            throw StepStop.refused(refusal)
        }
        guard record.authority != authority else { return record }
        record.authority = authority
        try store.save(record)
        return record
    }

    private func say(_ message: AgentMessage) -> Exit {
        effects.say(message)
        return switch message {
        case .failed: .failed
        case .refused(let refusal):
            refusal.reason == .malformedRequest || refusal.reason == .protocolUnsupported ? .usage : .refused
        case .hello, .progress, .report, .staged, .nothingOffered, .offerDiffers, .rebooting, .rebooted,
            .committed, .abandoned:
            .done
        }
    }
}
