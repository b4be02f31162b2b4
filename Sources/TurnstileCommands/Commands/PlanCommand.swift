import ArgumentParser
import Coordinator
import Foundation
import RolloutModel

/// `turnstile plan`
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "What upgrade would do, in what order, and what would hold it. Changes nothing.")

    @OptionGroup var hosts: HostOptions
    @OptionGroup var update: UpdateOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reportingFailure {
            var overrides = hosts.overrides()
            update.overlay(&overrides)
            let session = try await RolloutSession.open(hosts.load(overrides))
            let preflight = try await session.preflight(stopAfter: update.stopAfter)
            try await session.close()
            switch output.output {
            case .table: PlanText.lines(preflight.plan, on: .standardOutput()).forEach { print($0) }
            case .json: print(try preflight.json())
            }
            guard preflight.reasons.isEmpty else { throw CommandFailure.held(preflight.reasons) }
            say("Every gate is open.")
        }
    }
}

extension CommandFailure {
    /// Held before anything was touched: there is no rollout to resume.
    static func held(_ reasons: [HoldReason]) -> CommandFailure {
        let lines = ["held, with nothing touched on any host:"] + RolloutText.reasons(reasons)
        return CommandFailure(.held, (lines + ["Then run the same command again."]).joined(separator: "\n"))
    }
}
