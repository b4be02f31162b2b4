import ArgumentParser
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// `turnstile runbook`
struct RunbookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runbook",
        abstract: "Take host rollouts and upgrades of the platform in one order, as a file has them.",
        usage: "turnstile runbook <file> [<options>]",
        discussion: """
            Each stage is a rollout of its own, with its gates; the next one begins once it has ended whole. A stage that \
            holds stops the runbook. Run the command again to go on: stages that have ended are not repeated.

            See docs/runbook.md for the file.
            """)

    @Argument(help: "The runbook's file.", completion: .file())
    var file: String

    @Flag(help: "Check the file, and tell every stage and how far the runbook is. Changes nothing.")
    var dryRun = false

    @Flag(help: "Take every stage once more, also those that have ended.")
    var anew = false

    @Flag(help: "Do not ask: neither before a stage begins, nor at a point of no return.")
    var yes = false

    @OptionGroup var overrides: RunbookOverrides
    @OptionGroup var course: CourseOptions
    @ParentCommand var turnstile: TurnstileCommand

    func run() async throws {
        let files = turnstile.files
        try await files.reportingFailure {
            let desk = RunbookDesk(file: file, files: files, course: course, yes: yes)
            do {
                if dryRun {
                    try await desk.show(anew: anew, overrides)
                } else {
                    try await desk.run(anew: anew, overrides)
                }
            } catch let error as JournalError {
                throw CommandFailure.runbook(error)
            }
        }
    }
}
