import ArgumentParser
import Foundation
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// `turnstile status`
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "The running or last rollout, read from its journal; also while another turnstile drives it.")

    @Argument(help: "The rollout's id. (default: the newest)", completion: .rollouts)
    var rollout: String?

    @Flag(
        help: """
            Stay, and show every change until the rollout has ended: the table anew on a terminal, a line for each change \
            elsewhere. Also of a rollout that another process drives.
            """)
    var watch = false

    @ParentCommand var turnstile: TurnstileCommand
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let invocation = turnstile.files.invocation
            let configuration = try turnstile.files.load()
            let journals = configuration.journals
            let places = configuration.runbookPlaces
            let choice = RolloutChoice(journals, invocation)
            let (id, record) = try await choice.any(named: rollout)
            guard watch else {
                let summary = try await summary(of: record, id, in: journals, places[id])
                return try output.output.show(summary) { summary.lines(on: $0) }
            }
            var watch = StatusWatch(on: { .standardOutput() }) { FileHandle.standardOutput.put($0) }
            var journal = JournalFollower(path: journals.name(id))
            try await watch.follow(pausing: { try await Task.sleep(for: $0) }) {
                try await summary(of: journal.record(), id, in: journals, places[id])
            }
        }
    }

    private func summary(
        of record: RolloutRecord, _ id: RolloutID, in journals: JournalStore, _ place: RunbookPlace?
    ) async throws -> RolloutSummary {
        var summary = RolloutSummary(
            record, path: journals.name(id), attendance: try await journals.attendance(of: id),
            invocation: turnstile.files.invocation)
        summary.runbook = place
        return summary
    }

    func validate() throws {
        guard !watch || output.output == .table else {
            throw ValidationError(
                "--watch shows a table. The entries as JSON, as they are written: upgrade or resume --output ndjson"
            )
        }
    }
}

extension RolloutChoice {
    /// Says on standard error which journals are left out.
    init(_ journals: JournalStore, _ invocation: Invocation) {
        self.init(journals) { notice in NoticeText.lines(notice, invocation).forEach { say($0) } }
    }
}
