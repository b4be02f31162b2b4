import ArgumentParser
import RolloutJournal
import RolloutModel

/// `turnstile status`
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "The running or last rollout, read from its journal; also while another turnstile drives it.")

    @Argument(help: "The rollout's id. (default: the newest)")
    var rollout: String?

    @ParentCommand var turnstile: TurnstileCommand
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let path = try RolloutChoice(turnstile.files.load()).path(of: rollout, orEnded: true)
            try RolloutSession.show(
                try Journal.read(path: path), path: path, as: output.output,
                invocation: turnstile.files.invocation)
        }
    }
}
