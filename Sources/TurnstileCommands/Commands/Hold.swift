import ArgumentParser
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// `turnstile hold`
struct Hold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask the turnstile that drives a rollout to stop after the host at work, as ^C in it does.",
        discussion:
            "It drives the rollout on this machine. Nothing is done to any host, and nothing is undone.")

    @Argument(help: "The rollout's id. (default: the newest one that has not ended)", completion: .rollouts)
    var rollout: String?

    @ParentCommand var turnstile: TurnstileCommand

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let invocation = turnstile.files.invocation
            let configuration = try turnstile.files.load()
            let terminal = RolloutTerminal(configuration, invocation)
            let id = try await terminal.accompanied {
                try await UseCases.live(configuration, terminal).hold(rollout)
            }
            say(
                "Rollout \(id) holds before its next host, or its platform's next step. Watch it with: \(invocation.command("status \(id)"))"
            )
        }
    }
}
