/// The path of one host: what each event means in each state, every pair written out.
extension RolloutMachine {
    mutating func planned(_ event: Event) throws(IllegalEvent) -> [Directive] {
        switch event {
        case .began:
            guard plan.purpose == .upgrade else { throw IllegalEvent(state: state, event: event) }
            return advance()
        case .rollbackRequested:
            return try retreat(event)
        case .abandonRequested:
            return try abandon(event)
        case .lost:
            return try lose(event)
        case .gatesOpened, .gatesHeld, .staged, .nothingOffered, .offerDiffered, .stepFailed,
            .refusedAsReverted, .returned, .notReturned, .rebootNotBegun, .committed, .holdRequested,
            .resumed, .abandoned, .evacuated, .readmitted, .cameUp:
            throw IllegalEvent(state: state, event: event)
        }
    }

    mutating func gating(_ event: Event, _ host: HostID) throws(IllegalEvent) -> [Directive] {
        switch event {
        case .gatesOpened(let running):
            return admit(host, running: running)
        case .gatesHeld(let reasons):
            return hold(reasons, then: state)
        case .holdRequested:
            // Nothing was done to this host yet, and the one before it is done: the place to stop.
            return hold([.person(.operatorHold)], then: state)
        case .rollbackRequested:
            return try retreat(event)
        case .abandonRequested:
            return try abandon(event)
        case .cameUp(let boot, let version, let partition):
            let returned = Returned(version: version, boot: boot, partition: partition)
            return cameUp(host, returned, staged: nil)
        case .lost:
            return try lose(event)
        case .began, .staged, .nothingOffered, .offerDiffered, .stepFailed, .refusedAsReverted,
            .returned,
            .notReturned, .rebootNotBegun, .committed, .resumed, .abandoned, .evacuated, .readmitted:
            throw IllegalEvent(state: state, event: event)
        }
    }

    mutating func staging(_ event: Event, _ host: HostID) throws(IllegalEvent) -> [Directive] {
        switch event {
        // Asked anew after a restart: whether the host heard of it before is not known, and does not matter.
        case .gatesOpened(let running):
            return admit(host, running: running)
        case .gatesHeld(let reasons):
            return hold(reasons, then: .gating(host))
        case .holdRequested:
            return hold([.person(.operatorHold)], then: .gating(host))
        case .staged(let version, let boot, let partition, _):
            guard target == nil || target == version else {
                return hold(
                    [.offer(.offerDiffers(host: host, offered: version, target: target ?? version))],
                    then: .gating(host))
            }
            target = version
            return enter(.rechecking(host, Staged(version: version, boot: boot, partition: partition)))
        case .nothingOffered(let running):
            guard let target else {
                unoffered[host] = running
                return end(host, .unchanged)
            }
            guard running != target else { return end(host, .alreadyThere) }
            return hold(
                [.offer(.nothingOffered(host: host, running: running, target: target))], then: .gating(host))
        case .offerDiffered(let offered):
            return hold(
                [.offer(.offerDiffers(host: host, offered: offered, target: target ?? offered))],
                then: .gating(host))
        case .stepFailed(let why):
            return hold([.step(.stepFailed(host: host, step: .stage, why: why))], then: .gating(host))
        case .refusedAsReverted(let why):
            return hold([.step(.revertedBefore(host: host, why: why))], then: .gating(host))
        case .rollbackRequested:
            return try retreat(event)
        case .abandonRequested:
            return try abandon(event)
        case .cameUp(let boot, let version, let partition):
            let returned = Returned(version: version, boot: boot, partition: partition)
            return cameUp(host, returned, staged: nil)
        case .lost:
            return try lose(event)
        case .began, .returned, .notReturned, .rebootNotBegun, .committed, .resumed, .abandoned, .evacuated,
            .readmitted:
            throw IllegalEvent(state: state, event: event)
        }
    }

    mutating func rechecking(
        _ event: Event, _ host: HostID, _ staged: Staged
    ) throws(IllegalEvent) -> [Directive] {
        switch event {
        case .gatesOpened:
            guard plan.nodes == nil || staged.isEvacuated else { return enter(.evacuating(host, staged)) }
            var staged = staged
            guard staged.requests < Self.rebootRequestsMax else {
                let requests = staged.requests
                staged.requests = 0
                return hold([.step(.rebootIgnored(host: host, attempts: requests))], host, then: staged)
            }
            staged.requests += 1
            staged.told = staged.told.adding(clamping: 1)
            return enter(.rebooting(host, staged))
        case .gatesHeld(let reasons):
            return staged.isEvacuated ? hold(reasons, host, then: staged) : hold(reasons, then: state)
        case .rollbackRequested:
            return try retreat(event)
        case .abandonRequested:
            return try abandon(event)
        case .cameUp(let boot, let version, let partition):
            let returned = Returned(version: version, boot: boot, partition: partition)
            return cameUp(host, returned, staged: staged.partition)
        case .lost:
            return try lose(event)
        case .began, .staged, .nothingOffered, .offerDiffered, .stepFailed, .refusedAsReverted,
            .returned,
            .notReturned, .rebootNotBegun, .committed, .holdRequested, .resumed, .abandoned, .evacuated,
            .readmitted:
            throw IllegalEvent(state: state, event: event)
        }
    }

    mutating func rebooting(
        _ event: Event, _ host: HostID, _ staged: Staged
    ) throws(IllegalEvent) -> [Directive] {
        switch event {
        case .returned(let boot, let version, let partition):
            let returned = Returned(version: version, boot: boot, partition: partition)
            guard version == staged.version, partition == staged.partition else {
                let reason = arrival(host, version, target: staged.version)
                guard partition == staged.partition else {
                    return readmit(host, then: .held([reason], then: .gating(host)))
                }
                // On its single try, in another version: it is out, and only a rollback brings it in.
                return fail(host, returned, [reason], then: .proving(host, returned))
            }
            return enter(.proving(host, returned))
        case .rebootNotBegun:
            return enter(.rechecking(host, staged))
        case .notReturned(let seconds, let why, let trouble):
            return hold(
                [HoldReason(away: host, seconds: seconds, why: why, trouble)], then: .rebooting(host, staged))
        case .stepFailed(let why):
            var staged = staged
            staged.told -= 1
            return hold([.step(.stepFailed(host: host, step: .reboot, why: why))], host, then: staged)
        case .refusedAsReverted(let why):
            return readmit(
                host, then: .held([.step(.revertedBefore(host: host, why: why))], then: .gating(host)))
        case .rollbackRequested:
            return try retreat(event)
        case .lost:
            return try lose(event)
        case .began, .gatesOpened, .gatesHeld, .staged, .nothingOffered, .offerDiffered, .committed,
            .holdRequested, .resumed, .abandonRequested, .abandoned, .evacuated, .readmitted, .cameUp:
            throw IllegalEvent(state: state, event: event)
        }
    }

    mutating func proving(
        _ event: Event, _ host: HostID, _ returned: Returned
    ) throws(IllegalEvent) -> [Directive] {
        switch event {
        case .gatesOpened:
            guard let target, returned.version != target else { return enter(.committing(host, returned)) }
            return fail(host, returned, [arrival(host, returned.version, target: target)], then: state)
        case .gatesHeld(let reasons):
            // It went back by itself: there is nothing to prove any more, and nothing to take back.
            guard !reasons.contains(where: \.isRevert) else {
                return readmit(host, then: .held(reasons, then: .gating(host)))
            }
            return fail(host, returned, reasons, then: state)
        case .cameUp(let boot, let version, let partition):
            let now = Returned(version: version, boot: boot, partition: partition)
            return cameUp(host, now, staged: returned.partition)
        case .rollbackRequested:
            return try retreat(event)
        case .lost:
            return try lose(event)
        case .began, .staged, .nothingOffered, .offerDiffered, .stepFailed, .refusedAsReverted,
            .returned,
            .notReturned, .rebootNotBegun, .committed, .holdRequested, .resumed, .abandonRequested,
            .abandoned, .evacuated, .readmitted:
            throw IllegalEvent(state: state, event: event)
        }
    }

    mutating func committing(
        _ event: Event, _ host: HostID, _ returned: Returned
    ) throws(IllegalEvent) -> [Directive] {
        switch event {
        // Asked anew after a restart, as for `staging`.
        case .gatesOpened:
            return enter(state)
        case .gatesHeld(let reasons):
            guard !reasons.contains(where: \.isRevert) else {
                return readmit(host, then: .held(reasons, then: .gating(host)))
            }
            return hold(reasons, then: .proving(host, returned))
        case .committed:
            return readmit(host, then: .settling(host))
        case .stepFailed(let why):
            return hold(
                [.step(.stepFailed(host: host, step: .commit, why: why))], then: .proving(host, returned))
        case .refusedAsReverted(let why):
            return readmit(
                host, then: .held([.step(.revertedBefore(host: host, why: why))], then: .gating(host)))
        case .cameUp(let boot, let version, let partition):
            let now = Returned(version: version, boot: boot, partition: partition)
            return cameUp(host, now, staged: returned.partition)
        case .rollbackRequested:
            return try retreat(event)
        case .lost:
            return try lose(event)
        case .began, .staged, .nothingOffered, .offerDiffered, .returned,
            .notReturned, .rebootNotBegun, .holdRequested, .resumed, .abandonRequested, .abandoned,
            .evacuated, .readmitted:
            throw IllegalEvent(state: state, event: event)
        }
    }

    mutating func settling(_ event: Event, _ host: HostID) throws(IllegalEvent) -> [Directive] {
        switch event {
        case .gatesOpened:
            return end(host, .upgraded)
        case .gatesHeld(let reasons):
            return hold(reasons, then: state)
        case .rollbackRequested:
            return try retreat(event)
        case .abandonRequested:
            return try abandon(event)
        case .lost:
            return try lose(event)
        case .began, .staged, .nothingOffered, .offerDiffered, .stepFailed, .refusedAsReverted,
            .returned,
            .notReturned, .rebootNotBegun, .committed, .holdRequested, .resumed, .abandoned, .evacuated,
            .readmitted, .cameUp:
            throw IllegalEvent(state: state, event: event)
        }
    }

    /// The gates are open for a host: it is staged, unless it runs the target.
    private mutating func admit(_ host: HostID, running: Version) -> [Directive] {
        guard running != target else { return end(host, .alreadyThere) }
        return enter(.staging(host))
    }
}
