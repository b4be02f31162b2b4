import ArgumentParser
import Coordinator
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// `turnstile install`
struct Install: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put the agent and its unit on hosts, or replace them.",
        usage: "turnstile install [<options>] [<hosts> ...]",
        discussion: """
            Files are uploaded as the login user, their SHA-256 is verified on the host, and they are moved into place \
            in one step each. A host that has exactly these is left alone; one with a rollout under way is refused, \
            but for one of yours that is held between two hosts.
            """)

    @OptionGroup var hosts: HostOptions
    @OptionGroup var choice: ChoiceOptions
    @OptionGroup var replacement: ReplacementOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The agent to install. (default: the one that came with this program)")
    var agent: String?

    @ParentCommand var turnstile: TurnstileCommand

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let listed = try await hosts.configuration(turnstile.files, choice.limits.overlay)
            let configuration = try await choice.applied(to: listed).ofChosenAlone
            let package = try await AgentFile.package(
                named: agent, signers: configuration.agentSigners.map { AgentSigners(file: $0) })
            let choice = RolloutChoice(configuration.journals, turnstile.files.invocation)
            try await choice.requireNoneDriven()
            let session = try RolloutSession.open(configuration)
            let installer = try await replacement.installer(session, choice)
            let results = await session.asking("for the agent and its unit") {
                await installer.install(package, on: $0.hosts)
            }
            let report = InstallReport(results: results, verb: "installed")
            try output.output.show(report.results) { report.lines(on: $0) }
            if let failure = report.failure { throw failure }
        }
    }
}

/// The options that `install` and `uninstall` share.
struct ReplacementOptions: ParsableArguments {
    @Flag(
        help: """
            Go on although a host's record of rollouts cannot be read: your word that none is under way there.
            """)
    var despiteUnreadable = false

    /// The installer. `requireNoneDriven` must have succeeded, so that no recorded rollout is being driven.
    func installer(_ session: RolloutSession, _ choice: RolloutChoice) async throws -> AgentInstaller {
        let recorded = try await choice.store.list()
        let ways = WayOnChoice(choice)
        return AgentInstaller(
            shell: session.shell, ours: Set(recorded.map(\.rawValue)), despiteUnreadable: despiteUnreadable,
            notify: { host, what in say("\(host): \(what)") },
            wayOn: { host, report in
                guard let way = try? await ways.way(.install, host, agent: report) else { return nil }
                return "go on with '\(way.line)'"
            })
    }
}
