import AgentProtocol
import ArgumentParser
import Coordinator
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// `turnstile abandon`
struct Abandon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "End a rollout that will not go on, and give its hosts back as they were found.",
        usage: "turnstile abandon [<options>] [<rollout>]",
        discussion: """
            Disarms what is staged, and restores update.conf and update-engine, as far as Turnstile changed them. A host \
            that was upgraded stays upgraded. With the journal lost, --host works from the hosts alone.
            """)

    @Argument(help: "The rollout's id. (default: the newest one that has not ended)", completion: .rollouts)
    var rollout: String?

    @Option(
        name: .customLong("host"), parsing: .upToNextOption,
        help: "Hosts to give back without a journal; for when it is lost.", completion: .hosts)
    var hosts: [String] = []

    @Flag(help: "Do not ask.")
    var yes = false

    @ParentCommand var turnstile: TurnstileCommand
    @OptionGroup var course: CourseOptions

    func validate() throws {
        guard rollout == nil || hosts.isEmpty else {
            throw ValidationError("either a rollout or --host: a rollout knows its hosts")
        }
    }

    func run() async throws {
        try await turnstile.files.reportingFailure {
            var overrides = ConfigurationOverrides()
            if !hosts.isEmpty { overrides.hosts = hosts }
            let configuration = try turnstile.files.load(overrides)
            let terminal = RolloutTerminal(
                configuration, turnstile.files.invocation, course, answers: .yes(yes))
            let useCases = try await UseCases.live(configuration, terminal)
            let end = try await terminal.attended {
                hosts.isEmpty
                    ? try await useCases.abandon(rollout)
                    : try await useCases.giveBack(configuration.undoingDraft)
            }
            try end.conclude(turnstile.files.invocation)
        }
    }
}
