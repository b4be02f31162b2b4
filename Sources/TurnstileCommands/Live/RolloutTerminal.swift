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
    private let view = Mutex<RolloutView?>(nil)
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
        if Terminal.standardError().isLive {
            let phases = await configuration.measuredPhases()
            earlier.withLock { $0 = phases }
        }
        defer { settle() }
        async let _: Void = tick()
        return try await JournalAudience(listeners, patience: .seconds(10), say: { say($0) }).attend(body)
    }

    /// Times on the board go on while there is no news. Ends when its task is cancelled.
    private func tick() async {
        while (try? await Task.sleep(for: .seconds(1))) != nil { view.withLock { $0 }?.tick() }
    }

    // MARK: Told

    package func tell(_ notice: Notice) {
        switch notice {
        case .begins(let hosts):
            let new = RolloutView(
                hosts: hosts, terminal: { .standardError() }, clock: clock, earlier: earlier.withLock { $0 })
            view.withLock { $0 = new }
        case .course(let notice): view.withLock { $0 }?.show(notice)
        case .settled: settle()
        case .driven(let end): show(end)
        case .watching, .leftOut, .otherAgents, .coverage, .ttlDiffers, .settings, .taking, .taken,
            .lettingGo, .heldStill, .endedAlready, .overridden, .rollbackGoesOn, .wouldGoBack, .nodeFreed,
            .nodesNotFreed, .drivingUnknown:
            NoticeText.lines(notice, invocation).forEach { say($0) }
        }
    }

    private func settle() { view.withLock { $0 }?.settle() }

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
            allows: { try await self.allows($0) },
            lossReason: { host, loss in try self.lossReason(host, loss) })
    }

    private func allows(_ question: Question) async throws -> Bool {
        if case .passNoReturn(let reason) = question { return try passesNoReturn(reason) }
        let lines = await QuestionText.lines(
            question, makesBackup: configuration.makesBackup, on: .standardError(),
            forecasts: configuration.forecasts)
        lines.forEach { say($0) }
        return try answers.yes || OperatorPrompt.ask(QuestionText.question(question))
    }

    /// Asks at the point of no return. The rollout is held, and recorded as held, while a person thinks about it.
    private func passesNoReturn(_ reason: HoldReason) throws -> Bool {
        settle()
        if answers.acceptsNoReturn { return true }
        guard OperatorPrompt.isSomebodyThere else { return false }
        say("\(reason).")
        return try Interruptions.allowed { try OperatorPrompt.ask("Go on?") }
    }

    private func lossReason(_ host: HostID, _ loss: EtcdLoss) throws -> String? {
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
