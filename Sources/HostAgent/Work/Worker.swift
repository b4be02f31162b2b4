import AgentProtocol
import Logging

/// `run`: works at what was asked for, as the host's own unit and no child of anybody's connection.
///
/// The worker may be killed at any instant. Started again, by systemd, the next request or the next boot, it goes on from
/// the record: within the same boot where it was, after another boot by settling what that boot interrupted.
public struct Worker: Sendable {
    /// Two units never run; a person may start a second one by hand.
    private static let patience = Duration.seconds(10)
    /// Beyond a goal's deadline, or for one whose boot is gone.
    private static let settlementAllowed = Duration.seconds(300)

    let effects: HostEffects
    let logger: Logger

    public init(effects: HostEffects, logger: Logger) {
        self.effects = effects
        self.logger = logger
    }

    var store: RecordStore { RecordStore(effects: effects) }
    private var reader: HostReader { HostReader(effects: effects) }

    public func run() async -> Agent.Exit {
        guard effects.isRoot() else {
            logger.error("turnstile-agent run changes the host: it needs root")
            return .refused
        }
        do {
            // A host that no rollout ever touched has no trace of us.
            guard try store.load() != HostRecord() else { return .done }
            try effects.files.makeDirectory(RecordStore.directory, 0o700)
            try await effects.holdingLock(RecordStore.workLockPath, Self.patience) { try await work() }
            return .done
        } catch {
            logger.error("cannot go on", metadata: ["reason": "\(error)"])
            return .failed
        }
    }

    private func work() async throws {
        await arrive()
        while !effects.isInterrupted() {
            let record = try store.load()
            if let goal = record.goal, goal.isOpen {
                // A goal of an older copy of the record was worked at, or given up, before now.
                if try GoalTrail(files: effects.files).isBroken(by: record) {
                    try await store.close(goal, with: .failed(Self.replaced))
                } else {
                    try await work(at: goal)
                }
            } else if try await !waitForDeadMan() {
                return
            }
        }
    }

    private static let replaced = StepFailure(
        reason: .cutShort,
        message:
            "\(RecordStore.path) was put back to an older copy, with this request in it: ask again for what is wanted"
    )

    // MARK: A goal

    private func work(at goal: Goal) async throws {
        let log = EventLog(files: effects.files, goal: goal)
        var told = effects
        told.say = { message in
            // A follower may be missing; how the goal ends is in the record.
            try? log.append(message)
        }
        let isThisBoot = try goal.bootID == reader.bootID()
        let step = Step(
            effects: told, logger: logger,
            end: isThisBoot ? goal.end : effects.now() + Self.settlementAllowed,
            goal: goal.key)
        let toldBefore = log.ending()
        let message =
            if let toldBefore { toldBefore } else { await answer(goal, step, log, isThisBoot: isThisBoot) }
        logger.notice(
            "a goal has ended",
            metadata: ["verb": "\(goal.request.verb.rawValue)", "answer": "\(message.words)"])
        do {
            try await store.close(goal, with: message)
        } catch {
            // Followers are told all the same; once.
            if toldBefore == nil { try? log.append(message) }
            throw error
        }
        try? log.append(message)
        if case .rebooting = message { try await RebootStep.goDown(effects) }
    }

    private func answer(_ goal: Goal, _ step: Step, _ log: EventLog, isThisBoot: Bool) async -> AgentMessage {
        do {
            try log.open()
            let record = try store.load()
            return try await isThisBoot
                ? step.perform(goal.request, record) : step.settle(goal.request, record)
        } catch {
            return StepStop(error).message
        }
    }

    // MARK: A boot

    /// Brings about what has to hold whenever the unit starts and no goal of this boot is open.
    private func arrive() async {
        do {
            let record = try store.load()
            guard record.isUnfinished || record.goal?.isOpen == true else { return try await lowerGuard() }
            let step = Step(effects: effects, logger: logger, end: effects.now() + Self.settlementAllowed)
            let host = try await step.situation(record)
            guard record.goal?.isOpen != true || record.goal?.bootID != host.bootID else { return }
            let arrived = Arrival.record(host)
            if arrived != record { try await store.save(arrived) }
            // An engine that runs would commit what nobody has judged; cloud-init may have unmasked it.
            if record.isUnfinished, try await step.engine.isLeftBehind() { try await step.engine.rest() }
        } catch {
            logger.error("the host could not be looked at", metadata: ["reason": "\(error)"])
        }
    }

    /// Left by a crash between the mask and the end of a goal.
    private func lowerGuard() async throws {
        let engine = EngineControl(effects: effects)
        if try EngineGuard(effects: effects).isUp() { try await engine.rest() }
    }
}

extension Step {
    func perform(_ request: GoalRequest, _ record: HostRecord) async throws -> AgentMessage {
        switch request {
        case .stage(let request):
            var stage = StageStep(step: self, request: request, record: record, isAhead: false)
            return try await stage.run().message
        case .prefetch(let request):
            var prefetch = PrefetchStep(step: self, request: request, record: record)
            return try await prefetch.run().message
        case .arm(let request):
            var arm = ArmStep(step: self, request: request, record: record)
            return try await arm.run().message
        case .reboot(let request):
            var reboot = RebootStep(step: self, request: request, record: record)
            return try await reboot.run().message
        case .commit(let request):
            var commit = CommitStep(step: self, request: request, record: record)
            return try await commit.run().message
        case .rollback(let request):
            var rollback = RollbackStep(step: self, request: request, record: record)
            return try await rollback.run().message
        case .abandon(let request):
            var abandon = AbandonStep(step: self, request: request, record: record)
            return try await abandon.run().message
        }
    }

    func settle(_ request: GoalRequest, _ record: HostRecord) async throws -> AgentMessage {
        var settlement = Settlement(step: self, request: request, record: record)
        return try await settlement.run()
    }
}

extension AgentMessage {
    /// For the host's journal: what kind of answer, and why where it was none.
    var words: String {
        switch self {
        case .refused(let refusal): "refused: \(refusal.message)"
        case .failed(let failure): "failed: \(failure.message)"
        case .hello, .progress, .report, .staged, .prefetched, .prefetchDoubted, .nothingOffered,
            .offerDiffers, .rebooting, .rebooted, .committed, .abandoned, .claimed, .released:
            String(describing: self).split(separator: "(").first.map(String.init) ?? ""
        }
    }
}
