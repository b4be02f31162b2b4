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
        let path = try RolloutChoice(configuration).path(of: rollout)
        let journal = try Journal(resuming: path)
        let machine = journal.record.machine
        let hosts = machine.plan.hosts.map(\.id)
        if case .finished = machine.state {
            let names = hosts.map(\.rawValue).joined(separator: " ")
            throw CommandFailure(
                .usage,
                "rollout \(machine.plan.rollout) has ended already. Its hosts can be given back with: "
                    + command("abandon --host \(names)"))
        }
        if let out = machine.state.hostOut { throw hostIsOut(out, resume: machine.plan.rollout) }
        let session = try await RolloutSession.open(
            configuration, invocation: turnstile.files.invocation, hosts: hosts)
        let reports = try await session.agentReports()
        try requireAllIn(reports, resume: machine.plan.rollout)
        try confirm("abandon rollout \(machine.plan.rollout)", hosts, reports)
        let token = try await session.attach(to: journal)
        try await drive(session, journal, token: token)
    }

    /// From the hosts alone; what is done is journalled all the same.
    private func abandonHosts() async throws {
        var overrides = ConfigurationOverrides()
        overrides.hosts = hosts
        let configuration = try turnstile.files.load(overrides)
        let session = try await RolloutSession.open(configuration, invocation: turnstile.files.invocation)
        for (_, record) in try RolloutChoice(configuration).unended() {
            let plan = record.machine.plan
            guard let known = session.hosts.first(where: { id in plan.hosts.contains { $0.id == id } }) else {
                continue
            }
            throw CommandFailure(
                .usage,
                "host '\(known)' is in rollout \(plan.rollout), which has not ended. Use: "
                    + command("abandon \(plan.rollout)"))
        }
        let reports = try await session.agentReports()
        let plan: Plan
        switch session.plan(.abandon, with: reports) {
        case .failure(let cannot): throw CommandFailure.held(cannot.reasons)
        case .success(let made): plan = made
        }
        try requireAllIn(reports, resume: nil)
        try confirm("give these hosts back", session.hosts, reports)
        let (journal, token) = try await session.begin(plan)
        try await drive(session, journal, token: token)
    }

    private func drive(_ session: RolloutSession, _ journal: Journal, token: UInt64) async throws {
        let machine = journal.record.machine
        let event: RolloutMachine.Event? =
            if case .abandoning = machine.state { nil } else { .abandonRequested }
        try await session.drive(
            journal, watch: session.watch(machine.plan), token: token, from: event, output: output.output,
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
    private func requireAllIn(_ reports: [HostID: Observation<HostReport>], resume rollout: RolloutID?) throws
    {
        let out = reports.filter { $0.value.value?.partitions?.runsGoodPartition == false }.keys.min()
        if let out { throw hostIsOut(out, resume: rollout) }
    }

    private func hostIsOut(_ host: HostID, resume rollout: RolloutID?) -> CommandFailure {
        let on = rollout.map { "go on with '\(command("resume \($0)"))', or " } ?? ""
        return CommandFailure(
            .held,
            """
            host '\(host)' is out: it was told to reboot, and is neither committed nor back on its old partition. Nothing \
            was touched. First \(on)take it back with '\(command("rollback \(host)"))'
            """)
    }

    private func command(_ text: String) -> String {
        turnstile.files.invocation.command(text)
    }
}
