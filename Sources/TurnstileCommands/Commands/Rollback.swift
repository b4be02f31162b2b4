import AgentProtocol
import ArgumentParser
import Coordinator
import Driving
import RolloutJournal
import RolloutModel

/// `turnstile rollback`
struct Rollback: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take one host back to its other partition, when that is safe.",
        discussion: """
            Safe means: the cluster is whole without this host, nothing has overwritten the other partition, and its \
            etcd can still run with the cluster's version. A host that is not committed yet is simply rebooted.
            """)

    @Argument(help: "The host, as turnstile.yaml names it.")
    var host: String

    @Flag(help: "Do not ask.")
    var yes = false

    @ParentCommand var turnstile: TurnstileCommand
    @OptionGroup var output: OutputOptions

    private var id: HostID { HostID(host) }

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let configuration = try turnstile.files.load()
            let known = try journal(configuration)
            let hosts = known?.record.machine.remaining.hosts.map(\.id) ?? configuration.hosts.map(\.id)
            guard hosts.contains(id) else {
                throw CommandFailure(
                    .usage,
                    """
                    host '\(host)' is neither in the configuration nor in a rollout that has not ended: whether the \
                    cluster can do without it cannot be told. Name all hosts in turnstile.yaml
                    """)
            }
            let session = try await RolloutSession.open(
                configuration, invocation: turnstile.files.invocation, hosts: hosts)
            let roll = try await session.agentRoll()
            if known?.record.machine.retreating != id {
                try WayOnChoice(configuration, turnstile.files.invocation, own: known).require(
                    .rollback, of: id, seen: roll.reports[id] ?? .unknown("not asked"),
                    trouble: roll.troubles[id])
            }
            try await rollBack(session, known, roll)
            await session.close()
        }
    }

    /// The newest rollout that has this host and has not ended, opened to go on with it.
    ///
    /// - Throws: where another host is out, or another turnstile drives a rollout.
    private func journal(_ configuration: Configuration) throws -> Journal? {
        let choice = RolloutChoice(configuration, turnstile.files.invocation)
        var found: String?
        for (path, record) in try choice.unended(tells: true) {
            let machine = record.machine
            guard try !Journal.isBeingWritten(path: path) else { throw JournalError.inUse(path: path) }
            if let out = machine.state.hostOut, out != id {
                throw CommandFailure(
                    .held,
                    """
                    host '\(out)' is out, in rollout \(machine.plan.rollout), and no second one may go. Bring it in \
                    first: \(command("resume \(machine.plan.rollout)"))
                    """)
            }
            guard found == nil, machine.remaining.hosts.contains(where: { $0.id == id }) else { continue }
            // What is given back already has nothing to go back to; a rollback gets a journal of its own.
            if machine.isFree(toRetreat: id) || machine.retreating == id { found = path }
        }
        return try found.map { try Journal(resuming: $0) }
    }

    private func rollBack(
        _ session: RolloutSession, _ known: Journal?, _ roll: AgentRollCall
    ) async throws {
        let plan: Plan
        if let known {
            plan = known.record.machine.remaining
        } else {
            switch session.plan(.rollback(host: id), with: roll) {
            case .failure(let cannot): throw CommandFailure.held(cannot.reasons)
            case .success(let made): plan = made
            }
        }
        let watch = session.watch(plan)
        let event = try await event(session, known?.record.machine, watch, roll)
        if session.configuration.gates.kubernetes != nil, known?.record.machine.state.hostOut != id {
            say(PlanText.undrained(id))
        }
        guard try yes || Question.ask("Roll '\(host)' back?") else {
            throw CommandFailure(.failed, "nothing was touched on any host")
        }
        let token: Token
        let journal: Journal
        if let known {
            journal = known
            try await session.requireLostAreGone(in: known)
            token = try await session.attach(to: journal, roll.reports)
        } else {
            (journal, token) = try await session.begin(plan)
        }
        try await session.drive(
            journal, watch: watch, token: token, from: event, output: output.output,
            goOn: command("rollback \(host)")
        ) { reasons in
            guard reasons.count == 1, case .step(.rolledBack(let back, _, _))? = reasons.first else {
                return false
            }
            return back == id
        }
        try tellWhatIsNext(journal.record.machine)
    }

    /// What sets it going: nil where a rollback of this host was cut off.
    private func event(
        _ session: RolloutSession, _ machine: RolloutMachine?, _ watch: GateWatch,
        _ roll: AgentRollCall
    ) async throws -> RolloutMachine.Event? {
        if let machine, machine.retreating == id {
            say("Going on with the rollback of '\(host)'.")
            guard case .held = machine.state else { return nil }
            return .resumed(retryReverted: false)
        }
        let report: HostReport
        switch roll.reports[id] ?? .unknown("not asked") {
        case .unknown(let why):
            throw Self.refused([.host(.hostUnreadable(host: id, why: why, trouble: roll.troubles[id]))])
        case .seen(let seen): report = seen
        }
        guard let partitions = report.partitions, let version = report.version else {
            throw Self.refused([
                .host(.partitionsUnreadable(host: id, why: report.reason(for: Unreadable.partitions)))
            ])
        }
        say(
            "'\(host)' runs \(version) on \(partitions.booted.label), and would go back to \(partitions.other.label)."
        )
        try await requireGates(session, machine, watch)
        return .rollbackRequested(
            host: id, boot: BootID(report.bootID), version: Version(version),
            partition: partitions.booted.label)
    }

    private func requireGates(_ session: RolloutSession, _ machine: RolloutMachine?, _ watch: GateWatch)
        async throws
    {
        let view = RolloutView(hosts: session.hosts, terminal: .standardError(), clock: session.clock)
        let answer = try await watch.ask(
            .beforeRollback, of: id, in: machine, seconds: session.configuration.timeouts.gate,
            waiting: { view.show(.waiting($0)) })
        view.settle()
        guard case .shut(let reasons) = answer else { return }
        throw Self.refused(reasons)
    }

    private static func refused(_ reasons: [HoldReason]) -> CommandFailure {
        CommandFailure(.held) { invocation in
            (["not rolled back, and nothing touched on any host:"]
                + RolloutText.reasons(reasons, in: nil, invocation)).joined(separator: "\n")
        }
    }

    private func tellWhatIsNext(_ machine: RolloutMachine) throws {
        guard case .held = machine.state else { return }
        let rollout = machine.plan.rollout
        say("'\(host)' is back, and whole. Rollout \(rollout) stays held. To upgrade it again:")
        say("  \(command("resume \(rollout) --retry-reverted"))")
        say("To end the rollout, and give every host back: \(command("abandon \(rollout)"))")
    }

    private func command(_ text: String) -> String {
        turnstile.files.invocation.command(text)
    }
}
