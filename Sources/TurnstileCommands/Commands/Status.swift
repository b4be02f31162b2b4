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
            let invocation = turnstile.files.invocation
            let (path, record) = try RolloutChoice(turnstile.files.load(), invocation).rollout(rollout)
            try RolloutSession.show(record, path: path, as: output.output, invocation: invocation)
        }
    }
}
