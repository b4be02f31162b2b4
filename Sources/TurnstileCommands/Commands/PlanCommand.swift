import ArgumentParser
import Coordinator
import Foundation
import RolloutModel
import Rollouts
import Settings

/// `turnstile plan`
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "What upgrade would do, in what order, and what would hold it. Changes nothing.")

    @OptionGroup var hosts: HostOptions
    @OptionGroup var update: UpdateOptions
    @OptionGroup var output: OutputOptions
    @ParentCommand var turnstile: TurnstileCommand

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let configuration = try await hosts.configuration(turnstile.files, update.overlay)
            let terminal = RolloutTerminal(configuration, turnstile.files.invocation)
            let preflight = try await UseCases.live(configuration, terminal).plan(configuration.draft(update))
            if let plan = preflight.plan { await configuration.windowForecast(plan).map { say($0) } }
            try PlanReport(
                preflight, makesBackup: configuration.makesBackup, invocation: turnstile.files.invocation
            ).show(as: output.output)
            guard case .held(_, _, let reasons) = preflight else { return say("Every gate is open.") }
            throw CommandFailure.held(reasons)
        }
    }
}

/// The output of `plan`.
package struct PlanReport: Codable {
    /// The plan; nil when a host could not be read.
    var plan: Plan?
    /// The effect on etcd; nil where etcd is not asked for, or no host has a member.
    var etcd: EtcdOutlook?
    /// locksmith's semaphores, which are taken for the rollout; empty where the plan is held.
    var semaphores: [RebootSemaphore]
    /// True if a hook makes a backup before the rollout.
    var makesBackup: Bool
    var holds: [HoldReport]

    init(_ preflight: Preflight, makesBackup: Bool, invocation: Invocation) {
        self.makesBackup = makesBackup
        switch preflight {
        case .held(let plan, let etcd, let reasons):
            self.plan = plan
            self.etcd = etcd
            semaphores = []
            holds = reasons.causes.pressing.map { HoldReport($0, in: nil, invocation) }
        case .ready(let ready):
            plan = ready.plan
            etcd = ready.etcd
            semaphores = ready.semaphores
            holds = []
        }
    }

    /// The lines of the plan; empty if there is none.
    package func lines(on terminal: Terminal) -> [String] {
        plan.map {
            PlanText.lines(
                $0, etcd: etcd, semaphores: semaphores, remindsOfBackup: !makesBackup, on: terminal)
        } ?? []
    }

    func show(as format: OutputFormat) throws {
        switch format {
        case .table:
            lines(on: .standardOutput()).forEach { print($0) }
        case .json:
            print(try JSONText.document(self))
        }
    }
}

extension CommandFailure {
    /// The failure of a plan that is held before anything was touched: there is no rollout to resume.
    package static func held(_ reasons: [HoldReason]) -> CommandFailure {
        let isReverted = reasons.contains { $0.revertedHost != nil }
        let again = "Then run the same command again\(isReverted ? " with --retry-reverted" : "")."
        return CommandFailure(.held) { invocation in
            (["held, with nothing touched on any host:"] + RolloutText.reasons(reasons, in: nil, invocation)
                + [again]).joined(separator: "\n")
        }
    }
}
