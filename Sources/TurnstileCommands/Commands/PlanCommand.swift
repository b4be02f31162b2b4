import ArgumentParser
import Coordinator
import Foundation
import Reports
import RolloutModel
import Rollouts
import Settings

/// `turnstile plan`
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "What upgrade would do, in what order, and what would hold it. Changes nothing.")

    @OptionGroup var hosts: HostOptions
    @OptionGroup var choice: ChoiceOptions
    @OptionGroup var update: UpdateOptions
    @OptionGroup var output: OutputOptions
    @ParentCommand var turnstile: TurnstileCommand

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let listed = try await hosts.configuration(turnstile.files) {
                choice.limits.overlay(update.overlay($0))
            }
            let configuration = try await choice.applied(to: listed)
            let terminal = RolloutTerminal(configuration, turnstile.files.invocation)
            let preflight = try await terminal.accompanied {
                try await UseCases.live(configuration, terminal).plan(configuration.draft(update))
            }
            if let plan = preflight.plan {
                await configuration.durationForecast(plan).map {
                    say(turnstile.files.invocation.completing($0.line))
                }
                await configuration.windowForecast(plan).map { say($0) }
            }
            let report = PlanReport(
                preflight, makesBackup: configuration.makesBackup, invocation: turnstile.files.invocation)
            try output.output.show(report) { report.lines(on: $0) }
            guard case .held(_, _, let reasons) = preflight else { return say("Every gate is open.") }
            throw CommandFailure.held(reasons)
        }
    }
}
