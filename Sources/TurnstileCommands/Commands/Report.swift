import ArgumentParser
import Foundation
import Reports

/// `turnstile report`
struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "One rollout's timeline as a page to keep: HTML, Markdown or JSON.",
        discussion: "The page of HTML needs nothing else: no script, no other file, no network.")

    @Argument(help: "The rollout's id. (default: the newest)", completion: .rollouts)
    var rollout: String?

    @Option(help: "How it is written: html, markdown or json.")
    var output: ReportFormat = .html

    @Option(help: ArgumentHelp("Write it to this file. (default: standard output)", valueName: "file"))
    var to: String?

    @ParentCommand var turnstile: TurnstileCommand

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let text = try TimelineReport(await turnstile.files.timeline(of: rollout)).text(as: output)
            guard let to else { return FileHandle.standardOutput.put(text) }
            do {
                try WholeFile.put(text, at: to)
            } catch {
                throw CommandFailure(
                    .failed,
                    """
                    cannot write the report to '\(to)': \(error.localizedDescription) Name a file that you may write, \
                    with --to
                    """)
            }
        }
    }
}
