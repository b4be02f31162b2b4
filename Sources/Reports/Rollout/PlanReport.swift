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
    /// The reasons for the places of hosts, as far as the order has reasons.
    var places: [String: String]?
    /// The answer of each gate before the first host; nil where the gates were not asked.
    var gates: [GateReport.Gate]?
    /// The changes to the hosts' set-up besides their system.
    var changes: [HostChange]?
    /// The changes from each release that hosts run; nil while the target is not known.
    var releases: [ReleaseChange]?

    package init(_ preflight: Preflight, makesBackup: Bool, invocation: Invocation) {
        self.makesBackup = makesBackup
        let sight: PlanSight
        switch preflight {
        case .held(let plan, let seen, let reasons):
            self.plan = plan
            sight = seen
            semaphores = []
            holds = reasons.causes.pressing.map { HoldReport($0, in: nil, invocation) }
        case .ready(let ready):
            plan = ready.plan
            sight = ready.sight
            semaphores = ready.semaphores
            holds = []
        }
        let seen = PlanSeen(sight, invocation)
        etcd = seen.etcd
        places = seen.places
        gates = seen.gates
        changes = seen.changes
        releases = plan?.target.pinned == nil ? nil : seen.releases
    }

    private var seen: PlanSeen {
        PlanSeen(
            places: places ?? [:], etcd: etcd, gates: gates, changes: changes ?? [], releases: releases ?? [])
    }

    /// The lines of the plan; empty if there is none.
    package func lines(on terminal: Terminal) -> [String] {
        plan.map {
            PlanText.lines(
                $0, seen: seen, semaphores: semaphores, remindsOfBackup: !makesBackup, on: terminal)
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
