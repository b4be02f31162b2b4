import RolloutModel
import Rollouts

/// The output of `plan`.
package struct PlanReport: Codable {
    /// The plan; nil when a host could not be read.
    package var plan: Plan?
    /// The effect on etcd; nil where etcd is not asked for, or no host has a member.
    package var etcd: EtcdOutlook?
    /// locksmith's semaphores, which are taken for the rollout; empty where the plan is held.
    var semaphores: [RebootSemaphore]
    /// True if a hook makes a backup before the rollout.
    var makesBackup: Bool
    var holds: [HoldReport]

    package init(_ preflight: Preflight, makesBackup: Bool, invocation: Invocation) {
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
