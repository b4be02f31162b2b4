/// The path of one host: what each event means in each stage, every pair written out. Events that are people's words never
/// come here.
extension HostUpgrade {
    /// - Returns: nil for an event that cannot follow, with nothing changed.
    mutating func handle(_ event: RolloutMachine.Event, _ facts: inout RolloutFacts) -> ProcedureAnswer? {
        switch stage {
        case .precheck: precheck(event, &facts)
        case .staging: staging(event, &facts)
        case .rebootCheck(let staged): rebootCheck(event, staged, &facts)
        case .draining(let staged): draining(event, staged, &facts)
        case .rebooting(let staged): rebooting(event, staged, facts)
        case .healthCheck(let returned): healthCheck(event, returned, &facts)
        case .committing(let returned): committing(event, returned, &facts)
        case .soak: soak(event)
        }
    }

    private mutating func precheck(
        _ event: RolloutMachine.Event, _ facts: inout RolloutFacts
    ) -> ProcedureAnswer? {
        switch event {
        case .gatesOpened(let running): return admit(running, facts)
        case .gatesHeld(let reasons): return .hold(reasons)
        case .cameUp(let boot, let version, let partition):
            return cameUp(.init(version: version, boot: boot, partition: partition), staged: nil, &facts)
        case .began, .prefetchDoubted, .staged, .nothingOffered, .offerDiffered, .stepFailed,
            .refusedAsReverted, .returned,
            .notReturned, .rebootNotBegun, .committed, .evacuated, .readmitted, .holdRequested, .resumed,
            .rollbackRequested, .abandonRequested, .abandoned, .lost, .step:
            return nil
        }
    }

    private mutating func staging(
        _ event: RolloutMachine.Event, _ facts: inout RolloutFacts
    ) -> ProcedureAnswer? {
        switch event {
        // Asked anew after a restart: whether the host heard of it before is not known, and does not matter.
        case .gatesOpened(let running): return admit(running, facts)
        case .gatesHeld(let reasons): return hold(reasons, in: .precheck)
        case .staged(let version, let boot, let partition, _):
            guard facts.target == nil || facts.target == version else {
                return differs(version, facts)
            }
            return staged(.init(version: version, boot: boot, partition: partition), &facts)
        case .nothingOffered(let running): return nothingOffered(running, &facts)
        case .offerDiffered(let offered): return differs(offered, facts)
        case .stepFailed(let why): return hold([failed(.stage, why)], in: .precheck)
        case .refusedAsReverted(let why):
            return hold([.step(.revertedBefore(host: host, why: why))], in: .precheck)
        case .prefetchDoubted(let doubt, let why):
            return hold([.step(.prefetchDoubted(host: host, doubt: doubt, why: why))], in: .precheck)
        case .cameUp(let boot, let version, let partition):
            return cameUp(.init(version: version, boot: boot, partition: partition), staged: nil, &facts)
        case .began, .returned, .notReturned, .rebootNotBegun, .committed, .evacuated, .readmitted,
            .holdRequested, .resumed, .rollbackRequested, .abandonRequested, .abandoned, .lost, .step:
            return nil
        }
    }

    private mutating func rebootCheck(
        _ event: RolloutMachine.Event, _ staged: RolloutMachine.Staged, _ facts: inout RolloutFacts
    ) -> ProcedureAnswer? {
        switch event {
        case .gatesOpened:
            guard facts.plan.nodes == nil || staged.isEvacuated else {
                stage = .draining(staged)
                return .stay
            }
            return reboot(staged)
        case .gatesHeld(let reasons): return staged.isEvacuated ? hold(reasons, staged) : .hold(reasons)
        case .cameUp(let boot, let version, let partition):
            let returned = RolloutMachine.Returned(version: version, boot: boot, partition: partition)
            return cameUp(returned, staged: staged.partition, &facts)
        case .began, .prefetchDoubted, .staged, .nothingOffered, .offerDiffered, .stepFailed,
            .refusedAsReverted, .returned,
            .notReturned, .rebootNotBegun, .committed, .evacuated, .readmitted, .holdRequested, .resumed,
            .rollbackRequested, .abandonRequested, .abandoned, .lost, .step:
            return nil
        }
    }

    private mutating func draining(
        _ event: RolloutMachine.Event, _ staged: RolloutMachine.Staged, _ facts: inout RolloutFacts
    ) -> ProcedureAnswer? {
        switch event {
        // Asked anew after a restart, as for `staging`.
        case .gatesOpened: return .stay
        case .gatesHeld(let reasons): return hold(reasons, staged)
        case .evacuated:
            var staged = staged
            staged.isEvacuated = true
            stage = .rebootCheck(staged)
            return .stay
        case .stepFailed(let why): return hold([failed(.evacuate, why)], staged)
        case .cameUp(let boot, let version, let partition):
            let returned = RolloutMachine.Returned(version: version, boot: boot, partition: partition)
            return cameUp(returned, staged: staged.partition, &facts)
        case .began, .prefetchDoubted, .staged, .nothingOffered, .offerDiffered, .refusedAsReverted,
            .returned, .notReturned,
            .rebootNotBegun, .committed, .readmitted, .holdRequested, .resumed, .rollbackRequested,
            .abandonRequested, .abandoned, .lost, .step:
            return nil
        }
    }

    private mutating func rebooting(
        _ event: RolloutMachine.Event, _ staged: RolloutMachine.Staged, _ facts: RolloutFacts
    ) -> ProcedureAnswer? {
        switch event {
        case .returned(let boot, let version, let partition):
            return returned(.init(version: version, boot: boot, partition: partition), staged, facts)
        case .rebootNotBegun(let mayBeUnsent):
            var staged = staged
            if mayBeUnsent == true { staged.requests = max(0, staged.requests - 1) }
            stage = .rebootCheck(staged)
            return .stay
        case .notReturned(let waited, let why, let trouble):
            return .hold([HoldReason(away: host, waited: waited, why: why, trouble)])
        case .stepFailed(let why):
            var staged = staged
            staged.told -= 1
            return hold([failed(.reboot, why)], staged)
        case .refusedAsReverted(let why): return revertedBefore(why)
        case .began, .prefetchDoubted, .gatesOpened, .gatesHeld, .staged, .nothingOffered, .offerDiffered,
            .committed,
            .cameUp, .evacuated, .readmitted, .holdRequested, .resumed, .rollbackRequested,
            .abandonRequested, .abandoned, .lost, .step:
            return nil
        }
    }

    private mutating func healthCheck(
        _ event: RolloutMachine.Event, _ returned: RolloutMachine.Returned, _ facts: inout RolloutFacts
    ) -> ProcedureAnswer? {
        switch event {
        case .gatesOpened:
            guard let target = facts.target, returned.version != target else {
                stage = .committing(returned)
                return .stay
            }
            return fail(returned, [facts.arrival(host, returned.version, target: target)], facts)
        case .gatesHeld(let reasons):
            // The host went back by itself: the health check is over, and no rollback is left to do.
            guard !reasons.contains(where: \.isRevert) else { return wentBack(reasons) }
            return fail(returned, reasons, facts)
        case .cameUp(let boot, let version, let partition):
            let now = RolloutMachine.Returned(version: version, boot: boot, partition: partition)
            return cameUp(now, staged: returned.partition, &facts)
        case .began, .prefetchDoubted, .staged, .nothingOffered, .offerDiffered, .stepFailed,
            .refusedAsReverted, .returned,
            .notReturned, .rebootNotBegun, .committed, .evacuated, .readmitted, .holdRequested, .resumed,
            .rollbackRequested, .abandonRequested, .abandoned, .lost, .step:
            return nil
        }
    }

    private mutating func committing(
        _ event: RolloutMachine.Event, _ returned: RolloutMachine.Returned, _ facts: inout RolloutFacts
    ) -> ProcedureAnswer? {
        switch event {
        // Asked anew after a restart, as for `staging`.
        case .gatesOpened: return .stay
        case .gatesHeld(let reasons):
            guard !reasons.contains(where: \.isRevert) else { return wentBack(reasons) }
            return hold(reasons, in: .healthCheck(returned))
        case .committed:
            stage = .soak
            return .uncordon(host, before: .stay)
        case .stepFailed(let why): return hold([failed(.commit, why)], in: .healthCheck(returned))
        case .refusedAsReverted(let why): return revertedBefore(why)
        case .cameUp(let boot, let version, let partition):
            let now = RolloutMachine.Returned(version: version, boot: boot, partition: partition)
            return cameUp(now, staged: returned.partition, &facts)
        case .began, .prefetchDoubted, .staged, .nothingOffered, .offerDiffered, .returned, .notReturned,
            .rebootNotBegun,
            .evacuated, .readmitted, .holdRequested, .resumed, .rollbackRequested, .abandonRequested,
            .abandoned, .lost, .step:
            return nil
        }
    }

    private func soak(_ event: RolloutMachine.Event) -> ProcedureAnswer? {
        switch event {
        case .gatesOpened: .done(.hostDone(host, .upgraded))
        case .gatesHeld(let reasons): .hold(reasons)
        case .began, .prefetchDoubted, .staged, .nothingOffered, .offerDiffered, .stepFailed,
            .refusedAsReverted, .returned,
            .notReturned, .rebootNotBegun, .cameUp, .committed, .evacuated, .readmitted, .holdRequested,
            .resumed, .rollbackRequested, .abandonRequested, .abandoned, .lost, .step:
            nil
        }
    }
}
