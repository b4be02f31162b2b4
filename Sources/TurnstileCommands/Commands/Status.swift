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
                var summary = try await summary(of: record, id, in: journals, places[id])
                summary.others = try await others(than: id, choice)
                return try output.output.show(summary) { [summary] in summary.lines(on: $0) }
            }
            try await follow(
                id, in: journals, places[id], earlier: await configuration.measuredPhases())
        }
    }

    private func others(
        than id: RolloutID, _ choice: RolloutChoice
    ) async throws -> [RolloutSummary.Other] {
        var others: [RolloutSummary.Other] = []
        for one in try await choice.unended() where one.id != id {
            let isDriven = try await choice.store.isBeingWritten(one.id)
            others.append(.init(one.record, isDriven: isDriven, turnstile.files.invocation))
        }
        return others
    }

    /// - Parameter earlier: the times that phases took in earlier rollouts.
    private func follow(
        _ id: RolloutID, in journals: JournalStore, _ place: RunbookPlace?, earlier: [PhaseTime]
    ) async throws {
        var isRead = true
        var watch = StatusWatch(on: { .standardOutput() }, turnstile.files.invocation) { text in
            do { try FileHandle.standardOutput.take(text) } catch { isRead = false }
        }
        Interruptions.outliveReaders()
        let path = journals.name(id)
        var journal = JournalFollower(path: path)
        var course = WatchedCourse(earlier: earlier)
        try await watch.follow(while: { isRead }, pausing: { try await Task.sleep(for: $0) }) {
            let record = try journal.record { course.take($0) }
            let summary = try await summary(of: record, id, in: journals, place)
            guard summary.state == "running" else { return .init(summary: summary) }
            let doing = CourseRemark.words(about: record.machine, beside: path)
            return .init(
                summary: summary,
                board: course.board(
                    of: record.machine, doing: doing, isAskedToHold: summary.isAskedToHold, now: .now))
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
