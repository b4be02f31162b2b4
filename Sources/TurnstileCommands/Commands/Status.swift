import ArgumentParser
import RolloutJournal
import RolloutModel
import Rollouts

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
            let journals = try turnstile.files.load().journals
            let choice = RolloutChoice(journals, invocation)
            let (id, record) = try await choice.any(named: rollout)
            let summary = RolloutSummary(
                record, path: journals.name(id), isDriven: try await journals.isBeingWritten(id),
                invocation: invocation)
            try summary.show(as: output.output)
        }
    }
}

extension RolloutChoice {
    /// Says on standard error which journals are left out.
    init(_ journals: JournalStore, _ invocation: Invocation) {
        self.init(journals) { notice in NoticeText.lines(notice, invocation).forEach { say($0) } }
    }
}
