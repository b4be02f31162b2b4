import AgentProtocol
import ArgumentParser
import Coordinator
import Driving
import RolloutJournal
import RolloutModel

/// `turnstile lose`
struct Lose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Declare a host lost that will never come back, so that its rollout can end, or go on without it.",
        discussion: """
            For broken hardware: a host that only has to be switched on is better switched on. Nothing is done to any \
            host. Its rollout waits for it no more, counts its etcd member as gone, and goes on with 'resume' or ends with \
            'abandon'. A host that was declared lost might still come up by itself, and then two would be out: cut its \
            network, or wipe its disk.
            """)

    @Argument(help: "The host, as turnstile.yaml names it.")
    var host: String

    @Option(name: .customLong("because"), help: ArgumentHelp("Why, for the journal.", valueName: "why"))
    var why: String?

    @Option(
        name: .customLong("yes-it-is-lost"),
        help: ArgumentHelp("The host's name once more, where nobody is there to be asked.", valueName: "host")
    )
    var typed: String?

    @ParentCommand var turnstile: TurnstileCommand
    @OptionGroup var output: OutputOptions

    private var id: HostID { HostID(host) }

    func validate() throws {
        if let typed, typed != host {
            throw ValidationError("--yes-it-is-lost names '\(typed)', and the host is '\(host)'")
        }
    }

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let configuration = try turnstile.files.load()
            let invocation = turnstile.files.invocation
            let reports = try await lookAtIt(configuration)
            try WayOnChoice(configuration, invocation).require(.lose, of: id, seen: reports)
            let journal = try Journal(resuming: try path(configuration))
            let others = journal.record.machine.remaining.hosts.map(\.id).filter { $0 != id }
            let session = try await RolloutSession.open(configuration, invocation: invocation, hosts: others)
            let (member, lines) = await LostSeat.read(session)
            lines.forEach { say($0) }
            let why = try confirmed()
            if !others.isEmpty {
                _ = try await session.attach(to: journal, session.access.reports(of: others))
            }
            try journal.append(.event(.lost(host: id, why: why, member: member)))
            await session.close()
            try tell(journal)
        }
    }

    private func lookAtIt(_ configuration: Configuration) async throws -> Observation<HostReport> {
        let session = try await RolloutSession.open(
            configuration, invocation: turnstile.files.invocation, hosts: [id])
        let reports = await session.access.reports(of: [id])
        await session.close()
        return reports[id] ?? .unknown("not asked")
    }

    /// The newest rollout that has not ended and waits for the host.
    private func path(_ configuration: Configuration) throws -> String {
        let found = try RolloutChoice(configuration, turnstile.files.invocation).unended(tells: true).first {
            $0.record.machine.canLose(id)
        }
        guard let found else {
            throw CommandFailure(.usage, "no rollout here waits for '\(id)'. See 'turnstile status'")
        }
        return found.path
    }

    /// - Returns: why.
    private func confirmed() throws -> String {
        let reason = try why ?? Question.line("Why is '\(id)' lost? ", orOption: "--because")
        guard !reason.isEmpty else {
            throw CommandFailure(.usage, "say why, with --because: it is journalled")
        }
        let name =
            try typed ?? Question.line("Type its name to declare it lost: ", orOption: "--yes-it-is-lost")
        guard name == host else {
            throw CommandFailure(.failed, "'\(name)' is not '\(host)': nothing was changed")
        }
        return reason
    }

    private func tell(_ journal: Journal) throws {
        let record = journal.record
        let invocation = turnstile.files.invocation
        try RolloutSession.show(
            record, path: journal.path, as: output.output, invocation: invocation, withReasons: false)
        let rollout = record.machine.plan.rollout
        RolloutText.reasons(record.machine.state.heldReasons, in: rollout, invocation).forEach { say($0) }
        let next = RolloutText.next(after: record.machine.state.heldReasons, of: rollout, invocation)
        say("To go on without it: \(next)")
        say("To end the rollout, and give the others back: \(invocation.command("abandon \(rollout)"))")
    }
}

/// The member that a lost host leaves behind in etcd.
private enum LostSeat {
    /// - Returns: the host's member, if known, and the lines printed about it.
    static func read(_ session: RolloutSession) async -> (LostMember?, [String]) {
        guard session.configuration.gates.settings.etcd != nil else { return (nil, []) }
        let seats = await session.seats()
        guard let view = await session.etcdView() else {
            return (nil, ["etcd does not answer: which member was its own cannot be told now."])
        }
        let voters = view.members.filter { !$0.isLearner }
        let healthy = voters.count { $0.health == .healthy }
        let votes = Quorum(voters: voters.count).votes
        let cost = "etcd has \(voters.count) members, \(healthy) of them healthy, and needs \(votes)."
        switch view.lostMember(others: session.hosts.map { seats[$0] ?? .unknown("not asked") }) {
        case .unknown(let why): return (nil, [cost, "Which member was its own cannot be told: \(why)."])
        case .seen(nil): return (nil, [cost, "None of them was its own: no member is to be removed."])
        case .seen(let member?):
            let spare = healthy - 1 >= votes
            return (
                member,
                [
                    cost, "Its member is \(member.name) (\(member.id)). To remove it, on any other host:",
                    "  \(member.removal)",
                    spare
                        ? "The others can go one at a time meanwhile."
                        : "No other host may go until a new member has taken its place: one less would break the quorum.",
                ]
            )
        }
    }
}

extension RolloutSession {
    fileprivate func seats() async -> [HostID: Observation<EtcdSeat>] {
        await access.seats(of: hosts)
    }

    /// etcd's members, by the first host that lists any.
    fileprivate func etcdView() async -> EtcdView? {
        for host in hosts {
            if let view = try? await access.etcd(host), !view.members.isEmpty { return view }
        }
        return nil
    }
}
