import ArgumentParser
import Coordinator
import Reports
import RolloutModel
import Rollouts
import Settings

/// `turnstile uninstall`
struct Uninstall: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take the agent and its unit away from hosts.",
        usage: "turnstile uninstall [<options>] [<hosts> ...]",
        discussion: """
            Refused while a rollout is under way on a host, and while something there still is as Turnstile left it. \
            What the agent remembers stays, so that one installed later still refuses an outdated rollout.
            """)

    @OptionGroup var hosts: HostOptions
    @OptionGroup var choice: ChoiceOptions
    @OptionGroup var replacement: ReplacementOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Remove also what the agent remembers: /var/lib/turnstile.")
    var purge = false

    @ParentCommand var turnstile: TurnstileCommand

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let listed = try await hosts.configuration(turnstile.files, choice.limits.overlay)
            let configuration = try await choice.applied(to: listed).ofChosenAlone
            let choice = RolloutChoice(configuration.journals, turnstile.files.invocation)
            try await choice.requireNoneDriven()
            let session = try RolloutSession.open(configuration)
            let installer = try await replacement.installer(session, choice)
            let results = await session.asking("to give up agent and unit") {
                await installer.uninstall(from: $0.hosts, purge: purge)
            }
            let report = InstallReport(results: results, verb: "uninstalled")
            try output.output.show(report.results) { report.lines(on: $0) }
            if let failure = report.failure { throw failure }
        }
    }
}
