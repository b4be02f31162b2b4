import ArgumentParser
import Coordinator
import Driving
import RolloutJournal
import RolloutModel

/// `turnstile resume`
struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Go on with a rollout that was held, or whose turnstile died.")

    @Argument(help: "The rollout's id. (default: the newest one that has not ended)")
    var rollout: String?

    @Flag(
        help: "Go on although a host went back to its old partition: its good partition may be overwritten.")
    var retryReverted = false

    @Flag(
        help: ArgumentHelp(
            "The journal is lost: take the rollout up from what the hosts' agents tell.",
            discussion: "The hosts are those of the configuration, in the order they are to be upgraded."))
    var fromHosts = false

    @Flag(help: "Do not ask: whether the journal is lost, or at etcd's point of no return.")
    var yes = false

    @Option(
        help: ArgumentHelp(
            "The etcd that the new release brings, such as 3.5. (default: as when it was planned)",
            valueName: "version"))
    var etcdAfter: String?

    @Option(
        help: ArgumentHelp(
            """
            With --from-hosts: what becomes of a host that is not whole on the new version, hold or rollback. \
            (default: hold)
            """, valueName: "what"))
    var onFailure: OnFailureArgument?

    @Flag(help: "With --from-hosts: hand etcd's leadership on before its host reboots (etcd 3.3 or later).")
    var moveLeader = false

    @OptionGroup var overrides: OverrideOptions
    @ParentCommand var turnstile: TurnstileCommand
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await turnstile.files.reportingFailure {
            var overrides = ConfigurationOverrides()
            overrides.etcdAfter = etcdAfter
            let configuration = try turnstile.files.load(overrides)
            if fromHosts { return try await takeUpFromHosts(configuration) }
            let path = try RolloutChoice(configuration, turnstile.files.invocation).path(
                of: rollout, else: .resume)
            let journal = try Journal(resuming: path)
            let machine = journal.record.machine
            if case .finished = machine.state {
                say("Rollout \(machine.plan.rollout) has ended already.")
                let session = try await RolloutSession.open(
                    configuration, invocation: turnstile.files.invocation,
                    hosts: machine.remaining.hosts.map(\.id))
                try await session.letGoOfEnded(journal)
                await session.close()
                return try RolloutSession.show(
                    journal.record, path: path, as: output.output,
                    invocation: turnstile.files.invocation)
            }
            try Self.requireUpgrade(machine, invocation: turnstile.files.invocation)
            try requireHeld(machine)
            let session = try await RolloutSession.open(
                configuration, invocation: turnstile.files.invocation,
                hosts: machine.remaining.hosts.map(\.id))
            try await session.requireLostAreGone(in: journal)
            let (watch, token) = try await session.take(up: journal)
            try await session.drive(
                journal, watch: watch, token: token,
                from: start(machine.state), output: output.output,
                acceptsNoReturn: yes)
            await session.close()
        }
    }

    func validate() throws {
        guard fromHosts || (onFailure == nil && !moveLeader) else {
            throw ValidationError(
                "--on-failure and --move-leader go with --from-hosts: else the rollout's journal says what was chosen"
            )
        }
        guard fromHosts, rollout != nil || retryReverted || !overrides.gates.isEmpty else { return }
        throw ValidationError(
            "--from-hosts: the hosts say which rollout, and nothing of a word that was given")
    }

    private func takeUpFromHosts(_ configuration: Configuration) async throws {
        let session = try await RolloutSession.open(configuration, invocation: turnstile.files.invocation)
        let (lost, plan) = try await session.findLost(
            onFailure: onFailure?.onFailure ?? .hold, movesLeader: moveLeader)
        PlanText.lines(plan, on: .standardError()).forEach { say($0) }
        if plan.units != nil || plan.deis != nil {
            say("What ran before it began is lost with its journal: what runs now is what is waited for.")
        }
        say(Self.choices(plan))
        say("Of rollout \(lost.rollout) \(HistoryText.found(lost.found)). The cluster is held by:")
        (lost.holder.map(HolderText.lines) ?? ["nobody"]).forEach { say("  \($0)") }
        guard try yes || Question.ask("Is its journal lost for good, on every machine, and nobody at it?")
        else {
            throw CommandFailure(.failed, "nothing was changed")
        }
        let watch = session.watch(plan)
        let (journal, token) = try await session.begin(lost, plan)
        try await session.drive(
            journal, watch: watch, token: token,
            from: .resumed(retryReverted: false, acceptsNoReturn: yes ? true : nil),
            output: output.output)
        await session.close()
    }

    /// No host knows them: a person sees what is taken for them, and how to choose otherwise.
    private static func choices(_ plan: Plan) -> String {
        """
        What was chosen when it began is lost with its journal. A host that is not whole on the new version \
        \(plan.onFailure == .hold ? "stays as it is" : "is rolled back") (--on-failure), and etcd's leadership is \
        \(plan.movesLeader ? "handed on" : "not handed on") before its host reboots (--move-leader).
        """
    }

    /// What sets a rollout going again: nothing where it was cut off, for it is still going.
    private func start(_ state: RolloutMachine.State) -> RolloutMachine.Event? {
        switch state {
        case .planned: .began
        case .held:
            .resumed(
                retryReverted: retryReverted, acceptsNoReturn: yes ? true : nil,
                overrides: overrides.gates.isEmpty ? nil : overrides.gates)
        case .gating, .staging, .rechecking, .evacuating, .rebooting, .proving, .committing, .readmitting,
            .settling, .retreating, .rollingBack, .recovering, .abandoning, .finished:
            nil
        }
    }

    /// A word about a gate belongs to a hold: it answers what was said there.
    private func requireHeld(_ machine: RolloutMachine) throws {
        guard !overrides.gates.isEmpty else { return }
        guard case .held = machine.state else {
            throw CommandFailure(
                .usage,
                "--override: the rollout is not held; resume it without, and see whether a gate holds it")
        }
        overrides.gates.forEach { say("Passed over from here on: \($0)") }
    }

    private static func requireUpgrade(_ machine: RolloutMachine, invocation: Invocation) throws {
        guard let verb = machine.unbegunUndoing else { return }
        throw CommandFailure(
            .usage,
            """
            rollout \(machine.plan.rollout) was made to undo, and never began. Go on with: \
            \(invocation.command(verb))
            """)
    }
}
