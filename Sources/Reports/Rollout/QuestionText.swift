import RolloutJournal
import RolloutModel
import Rollouts

/// The questions to a person before anything is done, and the text to read before the answer.
package enum QuestionText {
    /// - Parameters:
    ///   - makesBackup: true if a hook makes a backup before the rollout.
    ///   - forecasts: how long a plan takes, and how much of it fits into the open window, where that is to be said.
    package static func lines(
        _ question: Question, makesBackup: Bool, on terminal: Terminal,
        forecasts: (Plan) async -> [String]
    ) async -> [String] {
        switch question {
        case .begin(let ready):
            let plan = PlanText.lines(
                ready.plan, seen: PlanSeen(ready.sight, Invocation()), semaphores: ready.semaphores,
                remindsOfBackup: !makesBackup, on: terminal)
            return plan + (await forecasts(ready.plan))
        case .beginPlatform(let plan): return PlatformPlanReport(plan).lines(on: terminal)
        case .undoPlatform(let rollout, let step, let undone):
            return undoing(rollout, leftAfter: step, undone)
        case .journalLost(let lost, let plan): return lines(lost, plan, on: terminal)
        case .rollBack(let host, let record, let isUndrained):
            return (record.map { takenUp($0, for: host) } ?? [])
                + (isUndrained ? [PlanText.undrained(host)] : [])
        case .giveBack(_, let hosts, let reports):
            return GivingBackText.lines(hosts, reports, on: terminal)
        case .freeCluster(let holder):
            return ["The cluster is held by:"] + HolderText.lines(holder).map { "  \($0)" }
        case .passNoReturn(let reason), .acceptOffer(let reason): return ["\(reason)."]
        case .resetTokens, .declareLost: return []
        }
    }

    package static func question(_ question: Question) -> String {
        switch question {
        case .begin, .beginPlatform: "Go?"
        case .undoPlatform(let rollout, _, _): "Abandon rollout \(rollout)?"
        case .passNoReturn, .acceptOffer: "Go on?"
        case .journalLost: "Is its journal lost for good, on every machine, and nobody at it?"
        case .rollBack(let host, _, _): "Roll '\(host)' back?"
        case .giveBack(let rollout?, _, _): "Abandon rollout \(rollout)?"
        case .giveBack(nil, _, _): "Give these hosts back?"
        case .freeCluster: "Free the cluster? Only if no turnstile still runs this rollout."
        case .resetTokens:
            """
            Tokens that nobody counted are set back on every host and in etcd, and whoever has such a host has it no more. Is \
            no turnstile at work on this cluster, on any machine?
            """
        case .declareLost(let host, _): "Is '\(host)' lost for good?"
        }
    }

    private static func takenUp(_ record: RolloutRecord, for host: HostID) -> [String] {
        let plan = record.machine.plan
        let age = RolloutText.age(since: plan.createdAt).map { " (\($0) ago)" } ?? ""
        return [
            """
            '\(host)' is in rollout \(plan.rollout) of \(plan.operatorName), begun \(plan.createdAt)\(age), which has not \
            ended and is taken up for this. It stands at:
            """, "  " + RolloutText.doing(record.machine),
        ].map { ForeignText.line($0) }
    }

    private static func undoing(
        _ rollout: RolloutID, leftAfter step: StepID?, _ undone: [PlatformStep]
    ) -> [String] {
        guard let step else {
            return [
                "Its steps are undone, the last one first, until the platform is as it was. What is off the air stays so until "
                    + "the step that took it there is undone. From then on it only goes back."
            ]
        }
        return ["'\(step)' cannot be undone: the platform stays as it is, and the cluster is let go."]
            + PlatformText.givenUp(undone)
            + ["To have them done instead: turnstile resume \(rollout)"]
    }

    private static func lines(_ lost: LostRollout, _ plan: Plan, on terminal: Terminal) -> [String] {
        let forgotten =
            plan.units != nil || plan.deis != nil
            ? ["What ran before it began is lost with its journal: what runs now is what is waited for."] : []
        return PlanText.lines(plan, on: terminal) + forgotten + [choices(plan)]
            + ["Of rollout \(lost.rollout) \(HistoryText.found(lost.found)). The cluster is held by:"]
            + (lost.holder.map(HolderText.lines) ?? ["nobody"]).map { "  \($0)" } + doubt(lost)
    }

    /// A platform's upgrade touches no host. Turnstiles before the mark in its id left no other trace of it.
    private static func doubt(_ lost: LostRollout) -> [String] {
        guard lost.target == nil, lost.found == RolloutMachine.Found(upgraded: [], atWork: nil, wentBack: [])
        else { return [] }
        return [
            """
            No host was touched by it. If it was an upgrade of the platform, say no: hosts know nothing of its steps. See \
            'turnstile platform audit', and free the cluster with 'turnstile unlock \(lost.rollout)'.
            """
        ]
    }

    /// The choices that no host knows: the defaults that are used for them, and how to choose otherwise.
    private static func choices(_ plan: Plan) -> String {
        """
        What was chosen when it began is lost with its journal. A host that is not whole on the new version \
        \(plan.onFailure == .hold ? "stays as it is" : "is rolled back") (--on-failure), and etcd's leadership is \
        \(plan.movesLeader ? "handed on" : "not handed on") before its host reboots (--move-leader).
        """
    }
}

/// The effect on etcd of losing a host, to read before the host is declared lost.
package enum EtcdLossText {
    package static func lines(_ loss: EtcdLoss) -> [String] {
        switch loss {
        case .notAsked: []
        case .silent: ["etcd does not answer: which member was its own cannot be told now."]
        case .seen(let votes, .unknown(let why)):
            [cost(votes), "Which member was its own cannot be told: \(why)."]
        case .seen(let votes, .seen(nil)):
            [cost(votes), "None of them was its own: no member is to be removed."]
        case .seen(let votes, .seen(let member?)):
            [
                cost(votes), "Its member is \(member.name) (\(member.id)). To remove it, on any other host:",
                "  \(member.removal)",
                votes.healthy - 1 >= votes.needed
                    ? "The others can go one at a time meanwhile."
                    : "No other host may go until a new member has taken its place: one less would break the quorum.",
            ]
        }
    }

    private static func cost(_ votes: EtcdLoss.Votes) -> String {
        "etcd has \(votes.members) members, \(votes.healthy) of them healthy, and needs \(votes.needed)."
    }
}
