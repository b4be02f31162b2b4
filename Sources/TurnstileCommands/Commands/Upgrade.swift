import ArgumentParser
import Coordinator
import Driving
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

    @Flag(help: "Do not ask: neither before it begins, nor at etcd's point of no return.")
    var yes = false

    @ParentCommand var turnstile: TurnstileCommand

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let session = try await RolloutSession.open(
                hosts.configuration(turnstile.files, update.overlay), invocation: turnstile.files.invocation)
            switch try await session.preflight(update, acceptsNoReturn: yes) {
            case .held(_, _, let reasons):
                try session.requireNoneOfOurs(reasons)
                throw CommandFailure.held(reasons)
            case .ready(let plan, let etcd, let watch):
                PlanText.lines(
                    plan, etcd: etcd, semaphores: await watch.semaphores(),
                    remindsOfBackup: !session.configuration.makesBackup,
                    on: .standardError()
                ).forEach { say($0) }
                session.windowForecast(plan).map { say($0) }
                guard try yes || Question.ask("Go?") else {
                    throw CommandFailure(.failed, "not begun; nothing was touched on any host")
                }
                let (journal, token) = try await session.begin(plan)
                try await session.drive(
                    journal, watch: watch, token: token, from: .began, output: output.output)
                await session.close()
            }
        }
    }
}
