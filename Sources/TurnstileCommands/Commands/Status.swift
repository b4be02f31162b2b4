import ArgumentParser
import RolloutJournal
import RolloutModel

/// `turnstile status`
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "The running or last rollout, read from its journal; also while another turnstile drives it.")

    @Option(help: "The rollout's id. (default: the newest)")
    var rollout: String?

    @OptionGroup var hosts: ResumeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reportingFailure {
            let path = try RolloutChoice(hosts.load()).path(of: rollout, orEnded: true)
            try RolloutSession.show(try Journal.read(path: path), path: path, as: output.output)
        }
    }
}
