import Foundation
import RolloutJournal
import RolloutModel

/// How a host stands in a rollout, in few words: the result, or what holds it, or what is being done to it.
struct HostStanding {
    let machine: RolloutMachine
    /// In the journal's format; nil where the rollout is not held.
    let heldSince: String?
    /// A turnstile process is driving the rollout now.
    let isDriven: Bool

    func words(of host: HostID) -> String {
        if let result = machine.results[host] { return Self.words(result) }
        guard machine.plan.platform == nil else { return "not touched" }
        if let reasons = machine.state.held,
            let held = reasons.lazy.filter({ $0.subject == host }).compactMap(words).first
        {
            return held
        }
        guard RolloutText.hostAtWork(machine.state) == host, let act = Self.words(machine.state.work) else {
            return "waiting"
        }
        if machine.state.held != nil { return act }
        return isDriven ? act : "stopped in mid-step: \(act)"
    }

    static func words(_ result: RolloutMachine.Result) -> String {
        switch result {
        case .upgraded: "upgraded"
        case .alreadyThere: "already there"
        case .unchanged: "offered nothing"
        case .rolledBack: "rolled back"
        case .lost: "declared lost"
        }
    }

    /// The step that was begun on the host at work.
    private static func words(_ work: Work) -> String? {
        switch work {
        case .upgrade(let upgrade): words(upgrade.stage)
        case .rollback(let rollback): words(rollback)
        case .uncordon: "committed, to take pods again"
        case .giveBack: "being given back"
        case .planned, .platform, .hold, .finished: nil
        }
    }

    private static func words(_ stage: HostUpgrade.Stage) -> String? {
        switch stage {
        case .precheck: nil
        case .staging: "staging"
        case .rebootCheck(let staged): "\(staged.version) staged"
        case .draining(let staged): "\(staged.version) staged, draining"
        case .rebooting(let staged): "rebooting into \(staged.version)"
        case .healthCheck(let returned): "on \(returned.version), not committed"
        case .committing(let returned): "on \(returned.version), committing"
        case .soak: "committed"
        }
    }

    private static func words(_ rollback: HostRollback) -> String {
        switch rollback.stage {
        case .precheck: "to go back from \(rollback.retreat.from)"
        case .rebooting: "going back from \(rollback.retreat.from)"
        case .healthCheck(let running): "back on \(running)"
        }
    }

    /// Nil where the reason says nothing of what the host runs.
    private func words(_ reason: HoldReason) -> String? {
        switch reason {
        case .step(.reverted(_, let running, _)): "reverted to \(running)"
        case .step(.revertedBefore): "reverted"
        case .step(.rolledBack(_, let running, _)): "rolled back to \(running)"
        case .step(.wrongVersion(_, let running, _)): "on \(running), which is not the target"
        case .step(.notGivenBack(_, let running)): "on its single try of \(running)"
        case .step(.notReturned(_, let waited, _)): "OUT\(since(waited)): no answer"
        case .host(.hostUnreadable(let host, _, let trouble, _)) where machine.state.hostOut == host:
            "OUT: \(trouble?.words ?? "no answer")"
        case .step(.rebootIgnored): "told to reboot, and did not"
        case .host(.machineChanged): "another machine now"
        case .step(.stepFailed(_, let step, _)): Self.words(failed: step)
        default: nil
        }
    }

    private static func words(failed step: StepHold.Step) -> String {
        switch step {
        case .stage: "not staged"
        case .evacuate: "staged, not drained"
        case .reboot: "staged, not rebooted"
        case .commit: "on its single try, not committed"
        case .readmit: "committed, not uncordoned"
        case .rollback: "not rolled back"
        case .abandon: "not given back"
        }
    }

    /// - Parameter waited: how long the host had been away when the rollout was held.
    private func since(_ waited: Duration) -> String {
        guard let heldSince, let held = try? Date(heldSince, strategy: .iso8601) else { return "" }
        let gone = held + (.zero - min(max(.zero, waited), .seconds(366 * 86_400)))
        let time = gone.formatted(.iso8601)
        // 2026-11-24T09:16:05Z: the day is told where it is another one.
        let clock = time.dropFirst(11).prefix(5)
        return time.prefix(10) == heldSince.prefix(10)
            ? " since \(clock) UTC" : " since \(time.prefix(10)) \(clock) UTC"
    }
}
