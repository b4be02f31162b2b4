import AgentProtocol
import ArgumentParser
import Coordinator
import Driving
import RolloutJournal
import RolloutModel

/// `turnstile abandon`
struct Abandon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "End a rollout that will not go on, and give its hosts back as they were found.",
        discussion: """
            Disarms what is staged, and restores update.conf and update-engine, as far as Turnstile changed them. A host \
            that was upgraded stays upgraded. With the journal lost, --host works from the hosts alone.
            """)

    @Argument(help: "The rollout's id. (default: the newest one that has not ended)")
    var rollout: String?

    @Option(
        name: .customLong("host"), parsing: .upToNextOption,
        help: "Hosts to give back without a journal; for when it is lost.")
    var hosts: [String] = []

    @Flag(help: "Do not ask.")
    var yes = false

    @ParentCommand var turnstile: TurnstileCommand
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard rollout == nil || hosts.isEmpty else {
            throw ValidationError("either a rollout or --host: a rollout knows its hosts")
        }
    }

    func run() async throws {
        try await turnstile.files.reportingFailure {
            if hosts.isEmpty { try await abandonRollout() } else { try await abandonHosts() }
        }
    }

    private func abandonRollout() async throws {
        let configuration = try turnstile.files.load()
        let path = try RolloutChoice(configuration, turnstile.files.invocation).path(
            of: rollout, else: .abandon)
        let journal = try Journal(resuming: path)
        let machine = journal.record.machine
        let hosts = machine.remaining.hosts.map(\.id)
        if case .finished = machine.state {
            let names = hosts.map(\.rawValue).joined(separator: " ")
            throw CommandFailure(
                .usage,
                "rollout \(machine.plan.rollout) has ended already. Its hosts can be given back with: "
                    + command("abandon --host \(names)"))
        }
        let session = try await RolloutSession.open(
            configuration, invocation: turnstile.files.invocation, hosts: hosts)
        let roll = try await session.agentRoll()
        try require(.abandon, configuration, roll, of: journal)
        try confirm("abandon rollout \(machine.plan.rollout)", hosts, roll.reports)
        let token = try await session.attach(to: journal, roll.reports)
        try await drive(session, journal, token: token)
    }

    /// From the hosts alone; what is done is journalled all the same.
    private func abandonHosts() async throws {
        var overrides = ConfigurationOverrides()
        overrides.hosts = hosts
        let configuration = try turnstile.files.load(overrides)
        let session = try await RolloutSession.open(configuration, invocation: turnstile.files.invocation)
        let roll = try await session.agentRoll()
        try require(.abandonHost, configuration, roll)
        let plan: Plan
        switch session.plan(.abandon, with: roll) {
        case .failure(let cannot): throw CommandFailure.held(cannot.reasons)
        case .success(let made): plan = made
        }
        try confirm("give these hosts back", session.hosts, roll.reports)
        let (journal, token) = try await session.begin(plan)
        try await drive(session, journal, token: token)
    }

    private func drive(_ session: RolloutSession, _ journal: Journal, token: Token) async throws {
        let machine = journal.record.machine
        let event: RolloutMachine.Event? =
            if case .abandoning = machine.state { nil } else { .abandonRequested }
        try await session.drive(
            journal, watch: session.watch(machine.remaining), token: token, from: event,
            output: output.output,
            goOn: command("abandon \(machine.plan.rollout)"))
        await session.close()
    }

    private func confirm(
        _ what: String, _ hosts: [HostID], _ reports: [HostID: Observation<HostReport>]
    ) throws {
        GivingBackText.lines(hosts, reports, on: .standardError()).forEach { say($0) }
        guard try yes || Question.ask("\(what.prefix(1).uppercased())\(what.dropFirst())?") else {
            throw CommandFailure(.failed, "nothing was touched on any host")
        }
    }

    /// A journal may be older than its hosts: what they run themselves counts, too.
    ///
    /// - Parameter journal: of the rollout that is abandoned; nil where hosts are given back without one.
    private func require(
        _ command: RecoveryCommand, _ configuration: Configuration, _ roll: AgentRollCall,
        of journal: Journal? = nil
    ) throws {
        let ways = WayOnChoice(configuration, turnstile.files.invocation, own: journal)
        if let out = journal?.record.machine.state.hostOut {
            let report = roll.reports[out] ?? .unknown("not asked")
            try ways.require(command, of: out, seen: report, trouble: roll.troubles[out])
        }
        for (host, report) in roll.reports.sorted(by: { $0.key < $1.key }) {
            try ways.require(command, of: host, seen: report, trouble: roll.troubles[host])
        }
    }

    private func command(_ text: String) -> String {
        turnstile.files.invocation.command(text)
    }
}
