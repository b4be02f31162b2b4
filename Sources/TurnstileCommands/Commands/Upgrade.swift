import ArgumentParser
import Coordinator
import Foundation
import RolloutJournal
import RolloutModel

/// `turnstile upgrade`
struct Upgrade: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Upgrade hosts, one after another: plans, asks, goes.",
        discussion: """
            The first ^C stops before the next host; the second at once. Either way the rollout can be resumed.
            """)

    @OptionGroup var hosts: HostOptions
    @OptionGroup var update: UpdateOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Do not ask.")
    var yes = false

    func run() async throws {
        try await reportingFailure {
            var overrides = hosts.overrides()
            update.overlay(&overrides)
            let session = try await RolloutSession.open(hosts.load(overrides))
            let preflight = try await session.preflight(stopAfter: update.stopAfter)
            guard preflight.reasons.isEmpty, let watch = preflight.watch else {
                throw CommandFailure.held(preflight.reasons)
            }
            PlanText.lines(preflight.plan, on: .standardError()).forEach { say($0) }
            guard try yes || Question.ask("Go?") else {
                throw CommandFailure(.failed, "not begun; nothing was touched")
            }
            let journal = try session.begin(preflight.plan, token: preflight.token)
            try await session.drive(
                journal, watch: watch, token: preflight.token, from: .began, output: output.output)
            try await session.close()
        }
    }
}
