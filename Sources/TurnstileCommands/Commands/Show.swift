import ArgumentParser
import Foundation
import Reports
import RolloutJournal
import Rollouts
import Settings

/// `turnstile show`
struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "One rollout's timeline: phases of every host, holds, decisions, hooks, who took it up.",
        discussion: "Read from the journal, also while it is written. 'history' prints every entry of it.")

    @Argument(help: "The rollout's id. (default: the newest)", completion: .rollouts)
    var rollout: String?

    @ParentCommand var turnstile: TurnstileCommand
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let report = TimelineReport(try await turnstile.files.timeline(of: rollout))
            switch output.output {
            case .table: report.lines(on: .standardOutput()).forEach { print($0) }
            case .json: FileHandle.standardOutput.put(try report.text(as: .json))
            }
        }
    }
}

extension FileOptions {
    /// - Parameter rollout: by its id; nil for the newest.
    func timeline(of rollout: String?) async throws -> RolloutTimeline {
        let journals = try load().journals
        let id = try await RolloutChoice(journals, invocation).kept(named: rollout)
        return try await journals.timeline(of: id)
    }
}
