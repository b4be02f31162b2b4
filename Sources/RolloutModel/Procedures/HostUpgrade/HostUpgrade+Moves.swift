/// The transitions that several events share.
extension HostUpgrade {
    /// The gates are open for the host: it is staged, unless it runs the target.
    mutating func admit(_ running: Version, _ facts: RolloutFacts) -> ProcedureAnswer {
        guard running != facts.target else { return .done(.hostDone(host, .alreadyThere)) }
        stage = .staging
        return .stay
    }

    /// The host has the target on its other partition. A person may have asked to hear of the first offer before a host
    /// boots it.
    mutating func staged(
        _ staged: RolloutMachine.Staged, _ facts: inout RolloutFacts
    ) -> ProcedureAnswer {
        let isFirstOffer = facts.target == nil
        facts.target = staged.version
        stage = .rebootCheck(staged)
        guard isFirstOffer, facts.plan.asksAboutOffer == true else { return .stay }
        return .hold([.offer(.offerUnconfirmed(host: host, offered: staged.version))])
    }

    mutating func nothingOffered(_ running: Version, _ facts: inout RolloutFacts) -> ProcedureAnswer {
        guard let target = facts.target else {
            facts.unoffered[host] = running
            return .done(.hostDone(host, .unchanged))
        }
        guard running != target else { return .done(.hostDone(host, .alreadyThere)) }
        return hold(
            [.offer(.nothingOffered(host: host, running: running, target: target))], in: .precheck)
    }

    mutating func differs(_ offered: Version, _ facts: RolloutFacts) -> ProcedureAnswer {
        let target = facts.target ?? offered
        return hold([.offer(.offerDiffers(host: host, offered: offered, target: target))], in: .precheck)
    }

    mutating func reboot(_ staged: RolloutMachine.Staged) -> ProcedureAnswer {
        var staged = staged
        guard staged.requests < RolloutMachine.rebootRequestsMax else {
            let requests = staged.requests
            staged.requests = 0
            return hold([.step(.rebootIgnored(host: host, attempts: requests))], staged)
        }
        staged.requests += 1
        staged.told = staged.told.adding(clamping: 1)
        stage = .rebooting(staged)
        return .stay
    }

    /// The host is back from the reboot that it was told to do.
    mutating func returned(
        _ returned: RolloutMachine.Returned, _ staged: RolloutMachine.Staged, _ facts: RolloutFacts
    ) -> ProcedureAnswer {
        guard returned.partition == staged.partition else {
            return wentBack([facts.arrival(host, returned.version, target: staged.version)])
        }
        guard returned.version == staged.version else {
            // On its single try, in another version: it is out, and only a rollback brings it in.
            return fail(returned, [facts.arrival(host, returned.version, target: staged.version)], facts)
        }
        stage = .healthCheck(returned)
        return .stay
    }

    /// Judges a host that rebooted without being told to. A host that came up on the staged partition is on its single
    /// try, as after a reboot that it was told to do, or was committed before; on the other one, it went back by itself.
    ///
    /// - Parameter partition: the staged one's label; nil where nobody heard that it was staged.
    mutating func cameUp(
        _ returned: RolloutMachine.Returned, staged partition: String?, _ facts: inout RolloutFacts
    ) -> ProcedureAnswer {
        let target = facts.target ?? returned.version
        if let partition, partition != returned.partition {
            return wentBack([facts.arrival(host, returned.version, target: target)])
        }
        facts.target = target
        guard returned.version == target else {
            return fail(returned, [facts.arrival(host, returned.version, target: target)], facts)
        }
        stage = .healthCheck(returned)
        return .stay
    }

    /// A host that is not whole on the new version before it was committed.
    mutating func fail(
        _ returned: RolloutMachine.Returned, _ reasons: [HoldReason], _ facts: RolloutFacts
    ) -> ProcedureAnswer {
        stage = .healthCheck(returned)
        guard facts.plan.onFailure == .rollback else { return .hold(reasons) }
        let retreat = RolloutMachine.Retreat(
            boot: returned.boot, from: returned.version, partition: returned.partition, because: reasons)
        return .push(.rollback(HostRollback(host: host, retreat: retreat)))
    }

    /// The host is on its old partition again, and serves.
    mutating func wentBack(_ reasons: [HoldReason]) -> ProcedureAnswer {
        stage = .precheck
        return .uncordon(host, before: .hold(reasons))
    }

    mutating func revertedBefore(_ why: String) -> ProcedureAnswer {
        wentBack([.step(.revertedBefore(host: host, why: why))])
    }

    mutating func hold(_ reasons: [HoldReason], in stage: Stage) -> ProcedureAnswer {
        self.stage = stage
        return .hold(reasons)
    }

    /// Holds a host that is staged, and up on its old boot: its node serves meanwhile, and is drained anew later. A
    /// host that may yet hear that it is to reboot stays drained.
    mutating func hold(_ reasons: [HoldReason], _ staged: RolloutMachine.Staged) -> ProcedureAnswer {
        guard staged.told == 0 else { return hold(reasons, in: .rebootCheck(staged)) }
        var staged = staged
        staged.isEvacuated = false
        return .uncordon(host, before: hold(reasons, in: .rebootCheck(staged)))
    }

    func failed(_ step: StepHold.Step, _ why: String) -> HoldReason {
        .step(.stepFailed(host: host, step: step, why: why))
    }
}
