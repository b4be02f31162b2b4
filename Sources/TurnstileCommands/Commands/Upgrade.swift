import ArgumentParser
import Coordinator
import Foundation
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// `turnstile upgrade`
struct Upgrade: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Upgrade hosts, one after another: plans, asks, goes.",
        discussion: """
            The first ^C stops before the next host; the second at once. Either way the rollout can be resumed.
            """)

    @OptionGroup var hosts: HostOptions
    @OptionGroup var choice: ChoiceOptions
    @OptionGroup var update: UpdateOptions
    @OptionGroup var course: CourseOptions

    @Flag(help: "Do not ask: neither before it begins, nor at etcd's point of no return.")
    var yes = false

    @ParentCommand var turnstile: TurnstileCommand

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let listed = try await hosts.configuration(turnstile.files) {
                choice.limits.overlay(update.overlay($0))
            }
            let configuration = try await choice.applied(to: listed)
            let terminal = RolloutTerminal(
                configuration, turnstile.files.invocation, course, answers: .yes(yes))
            try await terminal.attended {
                try await UseCases.live(configuration, terminal)
                    .upgrade(configuration.draft(update, acceptsNoReturn: yes))
            }
            .conclude(turnstile.files.invocation)
        }
    }
}
