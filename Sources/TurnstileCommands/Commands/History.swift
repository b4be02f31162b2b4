import ArgumentParser
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// `turnstile history`
struct History: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Every rollout there was; or every entry of one's journal, also while it is written.")

    @Argument(help: "The rollout's id. (default: a list of all)", completion: .rollouts)
    var rollout: String?

    @Flag(help: "Also what gates went by that opened: who said what, and how fresh it was.")
    var evidence = false

    @ParentCommand var turnstile: TurnstileCommand
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !evidence || rollout != nil else {
            throw ValidationError("--evidence is of one rollout: name it")
        }
    }

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let configuration = try turnstile.files.load()
            let journals = configuration.journals
            guard let rollout else { return try await list(journals, configuration.runbookPlaces) }
            let choice = RolloutChoice(journals, turnstile.files.invocation)
            let text = try await HistoryText(of: choice.kept(named: rollout), in: journals)
            try output.output.show(text.lines) { text.table(on: $0, withEvidence: evidence) }
        }
    }

    /// A journal that cannot be read hides none of the others.
    private func list(_ journals: JournalStore, _ places: [RolloutID: RunbookPlace]) async throws {
        var summaries: [RolloutSummary] = []
        var unreadable: [String] = []
        for id in try await journals.list() {
            do throws(JournalError) {
                var summary = RolloutSummary(
                    try await journals.record(of: id), path: journals.name(id),
                    attendance: try await journals.attendance(of: id),
                    invocation: turnstile.files.invocation)
                summary.runbook = places[id]
                summaries.append(summary)
            } catch {
                unreadable.append(error.description)
            }
        }
        switch output.output {
        case .table where summaries.isEmpty && unreadable.isEmpty:
            let begin = turnstile.files.invocation.command("upgrade")
            say("There is no rollout in '\(journals.place)' yet. Begin one with: \(begin)")
        case .table: RolloutSummary.list(summaries, on: .standardOutput()).forEach { print($0) }
        case .json: print(try JSONText.document(summaries))
        }
        guard unreadable.isEmpty else { throw CommandFailure(.failed, unreadable.joined(separator: "\n")) }
    }
}

extension HistoryText {
    /// - Throws: `JournalError` where the rollout's journal cannot be read.
    fileprivate init(of rollout: RolloutID, in journals: JournalStore) async throws(JournalError) {
        var text = HistoryText()
        try await journals.read(rollout) { text.take($0) }
        self = text
    }
}
