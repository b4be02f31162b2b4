import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings
import Synchronization

/// The person at the terminal, for one command: prints notices to them, and asks them questions.
package final class RolloutTerminal: Sendable {
    let invocation: Invocation
    let clock: RolloutClock
    private let configuration: Configuration
    /// How the summary at the end is printed; nil where it is not.
    private let output: OutputFormat?
    /// The listeners that hear of every entry of the journal.
    let listeners: [JournalListener]
    private let answers: Answers
    private let course: LivingCourse
    private let remarks: CourseRemarks
    /// The times that phases took in earlier rollouts; read where there is a terminal to show what is left by them.
    private let earlier = Mutex<[PhaseTime]>([])

    /// The answers that a person gave with the command.
    struct Answers: Sendable {
        /// `--yes`
        var yes = false
        /// True to go past etcd's point of no return without a question.
        var acceptsNoReturn = false
        /// `--because`, and the host's name once more.
        var lossReason: String?
        var lostName: String?
        /// The options that would answer what is asked before anything is begun; empty where nothing is.
        var missing: [String] = []

        /// Of a command that asks once before it begins, unless it is called with `--yes`.
        static func yes(_ yes: Bool) -> Answers { Answers(yes: yes, missing: yes ? [] : ["--yes"]) }
    }

    init(
        _ configuration: Configuration, _ invocation: Invocation, output: OutputFormat? = .table,
        listeners: [JournalListener] = [], answers: Answers = Answers(), clock: RolloutClock? = nil
    ) {
        self.configuration = configuration
        self.invocation = invocation
        self.output = output
        self.listeners = listeners + configuration.webhookListeners(invocation)
        self.answers = answers
        self.clock = clock ?? .live(localTime: configuration.gates.localTime)
        course = LivingCourse(clock: self.clock)
        remarks = CourseRemarks(journal: configuration.journals.name)
    }

    convenience init(
        _ configuration: Configuration, _ invocation: Invocation, _ course: CourseOptions, answers: Answers
    ) {
        self.init(
            configuration, invocation, output: course.output.summary, listeners: course.listeners,
            answers: answers)
    }

    /// Shows a rehearsal as a rollout is shown. Each question has the answer yes.
    package convenience init(_ configuration: Configuration, answeringYesAt clock: RolloutClock) {
        self.init(configuration, Invocation(), answers: Answers(yes: true), clock: clock)
    }

    /// Runs a command whose journal the listeners hear. The rest is told for a bounded time at its end.
    func attended<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await accompanied {
            try await JournalAudience(listeners, patience: .seconds(10), say: { say($0) }).attend(body)
        }
    }

    /// Runs a command with living lines on a terminal meanwhile.
    func accompanied<Value>(_ body: () async throws -> Value) async throws -> Value {
        course.begin()
        defer {
            course.end()
            remarks.remove()
        }
        async let _: Void = tick()
        async let _: Void = keepRemarks()
        if Terminal.standardError().isLive {
            let phases = await configuration.measuredPhases()
            earlier.withLock { $0 = phases }
        }
        return try await body()
    }

    /// Times go on while there is no news. Ends when its task is cancelled.
    private func tick() async {
        let holds = configuration.journals.holds
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            // A person elsewhere may have asked for it.
            let rollout = remarks.rollout
            var isAsked = false
            if let rollout { isAsked = await holds.isAsked(rollout) }
            course.tick(isAskedToHold: isAsked)
        }
    }

    /// Keeps the reason of the present wait for watches elsewhere, once a second at most. Ends when its task is cancelled.
    private func keepRemarks() async {
        while (try? await Task.sleep(for: .seconds(1))) != nil { await remarks.write() }
    }

    // MARK: Told

    package func tell(_ notice: Notice) {
        course.tell(notice, earlier: earlier.withLock { $0 })
        switch notice {
        case .course(let notice): remarks.hear(notice, now: clock.now())
        case .begins, .settled: break
        case .driven(let end): show(end)
        case .asking, .watching, .leftOut, .otherAgents, .coverage, .ttlDiffers, .settings, .taking, .taken,
            .lettingGo, .heldStill, .endedAlready, .overridden, .rollbackGoesOn, .wouldGoBack, .nodeFreed,
            .nodesNotFreed, .drivingUnknown:
            NoticeText.lines(notice, invocation).forEach { say($0) }
        }
    }

    /// Prints the state of a rollout, without the reasons of a hold, which follow once on standard error.
    func show(_ end: RolloutEnd) {
        guard let output else { return }
        let summary = RolloutSummary(
            end.record, path: end.journal, attendance: .driving, invocation: invocation)
        // A summary consists of text and numbers, so encoding cannot fail.
        try? output.show(summary) { summary.lines(on: $0, withReasons: false) }
    }

    // MARK: Asked

    package var decider: Decider {
        Decider(
            requirePresence: { try self.requirePresence() },
            allows: { try await self.allows($0) },
            lossReason: { host, loss in try self.lossReason(host, loss) })
    }

    private func allows(_ question: Question) async throws -> Bool {
        defer { course.goesOn() }
        switch question {
        case .passNoReturn: return try await goesOn(question, isAccepted: answers.acceptsNoReturn)
        case .acceptOffer: return try await goesOn(question, isAccepted: answers.yes)
        case .begin, .beginPlatform, .undoPlatform, .journalLost, .rollBack, .giveBack, .freeCluster,
            .resetTokens, .declareLost:
            await tell(question)
            return try answers.yes || OperatorPrompt.ask(QuestionText.question(question))
        }
    }

    /// Asks in the middle of a rollout. The rollout is held, and recorded as held, while a person thinks about it.
    private func goesOn(_ question: Question, isAccepted: Bool) async throws -> Bool {
        course.settle()
        if isAccepted { return true }
        guard OperatorPrompt.isSomebodyThere else { return false }
        await tell(question)
        return try Interruptions.allowed { try OperatorPrompt.ask(QuestionText.question(question)) }
    }

    /// The text to read before the answer.
    private func tell(_ question: Question) async {
        let lines = await QuestionText.lines(
            question, makesBackup: configuration.makesBackup, on: .standardError(),
            forecasts: configuration.forecasts)
        lines.forEach { say($0) }
    }

    /// - Throws: `CommandFailure` where nobody can answer what the command asks before it begins, and no option does.
    func requirePresence() throws {
        guard !answers.missing.isEmpty else { return }
        try OperatorPrompt.requireSomebody(or: answers.missing)
    }

    private func lossReason(_ host: HostID, _ loss: EtcdLoss) throws -> String? {
        defer { course.goesOn() }
        EtcdLossText.lines(loss).forEach { say($0) }
        let why =
            try answers.lossReason
            ?? OperatorPrompt.line("Why is '\(host)' lost? ", orOption: "--because")
        guard !why.isEmpty else {
            throw CommandFailure(.usage, "say why, with --because: it is journalled")
        }
        let name =
            try answers.lostName
            ?? OperatorPrompt.line("Type its name to declare it lost: ", orOption: "--yes-it-is-lost")
        guard name == host.rawValue else {
            throw CommandFailure(.failed, "'\(name)' is not '\(host)': nothing was changed")
        }
        return why
    }
}
