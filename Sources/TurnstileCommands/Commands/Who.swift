import ArgumentParser
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// `turnstile who`
struct Who: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Which rollout has the cluster, by the word of etcd and of every agent. Changes nothing.",
        discussion: """
            Needs no journal: it is the same from every machine that reaches the hosts.

            Exit code 0 where that is known, also where nobody has the cluster; 2 where it cannot be told.
            """)

    @ParentCommand var turnstile: TurnstileCommand
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let configuration = try turnstile.files.load()
            let session = try RolloutSession.open(configuration)
            let sight = await session.asking("who has the cluster") { await $0.cluster.lock.sight() }
            let journals = configuration.journals
            var attendance: RolloutAttendance?
            // A journal that cannot be read tells nothing, and is named by the commands that need it.
            if case .seen(let holder?) = sight.holder, let kept = try? await journals.list(),
                kept.contains(holder.rollout)
            {
                attendance = try? await journals.attendance(of: holder.rollout)
            }
            let report = HolderReport(sight, attendance: attendance)
            try output.output.show(report) { report.lines(on: $0) }
            if let failure = report.failure { throw failure }
        }
    }
}
