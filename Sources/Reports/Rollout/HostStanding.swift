import RolloutJournal
import RolloutModel

/// How a host stands in a rollout, in few words: the result, or what holds it, or what is being done to it.
struct HostStanding {
    let machine: RolloutMachine
    /// The time since which the host that is out is so, in the journal's format; nil where none is, or the reader has it
    /// from elsewhere.
    let outSince: String?
    /// A turnstile process is driving the rollout now.
    let isDriven: Bool

    /// The words about a host.
    struct Told: Hashable {
        var words: String
        /// The time since which the words say that the host is out; nil where they do not.
        var outSince: String?
    }

    func told(of host: HostID) -> Told {
        if let result = machine.results[host] { return Told(words: Self.words(result)) }
        guard machine.plan.platform == nil else { return Told(words: "not touched") }
        guard !machine.plan.isBystander(host) || machine.state.hostOut == host else {
            return Told(words: "not chosen")
        }
        if let reasons = machine.state.held,
            let held = reasons.lazy.filter({ $0.subject == host }).compactMap(told).first
        {
            return held
        }
        guard RolloutText.hostAtWork(machine.state) == host, let act = Self.words(machine.state.work) else {
            return Told(words: machine.isToDo(host) ? "waiting" : "not touched")
        }
        let isStopped = machine.state.held == nil && !isDriven
        let step = isStopped ? "stopped in mid-step: \(act)" : act
        return machine.state.hostOut == host && outSince != nil ? out(step) : Told(words: step)
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
    private func told(_ reason: HoldReason) -> Told? {
        switch reason {
        case .step(.notReturned(_, _, _, let trouble)): out(trouble?.words ?? "no answer")
        case .host(.hostUnreadable(let host, _, let trouble, _)) where machine.state.hostOut == host:
            out(trouble?.words ?? "no answer")
        default: Self.words(reason).map { Told(words: $0) }
        }
    }

    private static func words(_ reason: HoldReason) -> String? {
        switch reason {
        case .step(.reverted(_, let running, _)): "reverted to \(running)"
        case .step(.revertedBefore): "reverted"
        case .step(.prefetchDoubted): "downloaded ahead, not armed"
        case .step(.rolledBack(_, let running, _)): "rolled back to \(running)"
        case .step(.wrongVersion(_, let running, _)): "on \(running), which is not the target"
        case .step(.notGivenBack(_, let running)): "on its single try of \(running)"
        case .step(.rebootIgnored): "told to reboot, and did not"
        case .host(.machineChanged): "another machine now"
        case .step(.stepFailed(_, let step, _)): words(failed: step)
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

    private func out(_ words: String) -> Told {
        let since = outSince.flatMap(RolloutText.clock).map { " since \($0)" } ?? ""
        return Told(words: "OUT\(since): \(words)", outSince: outSince)
    }

    /// The step that was begun on the host at work; nil where none was.
    static func step(of machine: RolloutMachine) -> String? { words(machine.state.work) }
}

extension RolloutMachine {
    /// True if the rollout has something to do with the host yet: one that was made for another host's way back has not.
    fileprivate func isToDo(_ host: HostID) -> Bool {
        if case .rollback(let only) = plan.purpose { only == host } else { true }
    }
}
