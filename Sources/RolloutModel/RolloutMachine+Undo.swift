/// Ways back, of one host to its other partition and of all hosts to what they were; and the states that wait.
extension RolloutMachine {
    mutating func retreating(
        _ event: Event, _ host: HostID, _ retreat: Retreat, then next: State
    ) throws(IllegalEvent) -> [Directive] {
        switch event {
        case .gatesOpened:
            var retreat = retreat
            guard retreat.requests < Self.rebootRequestsMax else {
                let ignored = HoldReason.step(.rebootIgnored(host: host, attempts: retreat.requests))
                retreat.requests = 0
                return giveUp(host, retreat, [ignored], then: next)
            }
            retreat.requests += 1
            return enter(.rollingBack(host, retreat, then: next))
        case .gatesHeld(let reasons):
            return giveUp(host, retreat, reasons, then: next)
        case .abandonRequested:
            return try abandon(event)
        case .lost:
            return try lose(event)
        case .began, .staged, .nothingOffered, .offerDiffered, .stepFailed, .refusedAsReverted,
            .returned,
            .notReturned, .rebootNotBegun, .committed, .holdRequested, .resumed, .rollbackRequested,
            .abandoned, .evacuated, .readmitted, .cameUp:
            throw IllegalEvent(state: state, event: event)
        }
    }

    mutating func rollingBack(
        _ event: Event, _ host: HostID, _ retreat: Retreat, then next: State
    ) throws(IllegalEvent) -> [Directive] {
        switch event {
        case .returned(let boot, let version, let partition):
            guard partition != retreat.partition else {
                let why = "it came back on \(partition) again, in \(version)"
                return giveUp(
                    host, retreat, [.step(.stepFailed(host: host, step: .rollback, why: why))],
                    then: next.rebooted(host, into: boot))
            }
            return enter(.recovering(host, retreat, running: version, then: next))
        case .rebootNotBegun:
            return enter(.retreating(host, retreat, then: next))
        case .notReturned(let seconds, let why, let trouble):
            return hold(
                retreat.because + [HoldReason(away: host, seconds: seconds, why: why, trouble)], then: state)
        case .stepFailed(let why), .refusedAsReverted(let why):
            return giveUp(
                host, retreat, [.step(.stepFailed(host: host, step: .rollback, why: why))], then: next)
        case .lost:
            return try lose(event)
        case .began, .gatesOpened, .gatesHeld, .staged, .nothingOffered, .offerDiffered, .committed,
            .holdRequested, .resumed, .rollbackRequested, .abandonRequested, .abandoned, .evacuated,
            .readmitted, .cameUp:
            throw IllegalEvent(state: state, event: event)
        }
    }

    mutating func recovering(
        _ event: Event, _ host: HostID, _ retreat: Retreat, running: Version, then next: State
    ) throws(IllegalEvent) -> [Directive] {
        switch event {
        case .gatesOpened:
            return recovered(host, retreat, running, [], then: next)
        case .gatesHeld(let reasons):
            return recovered(host, retreat, running, reasons, then: next)
        case .lost:
            return try lose(event)
        case .began, .staged, .nothingOffered, .offerDiffered, .stepFailed, .refusedAsReverted,
            .returned,
            .notReturned, .rebootNotBegun, .committed, .holdRequested, .resumed, .rollbackRequested,
            .abandonRequested, .abandoned, .evacuated, .readmitted, .cameUp:
            throw IllegalEvent(state: state, event: event)
        }
    }

    mutating func abandoning(
        _ event: Event, _ abandonment: Abandonment
    ) throws(IllegalEvent) -> [Directive] {
        switch event {
        case .abandoned(let host, _, _):
            guard host == abandonment.waiting.first else {
                throw IllegalEvent(state: state, event: event)
            }
            return abandonNext(after: abandonment, failure: nil)
        case .stepFailed(let why), .refusedAsReverted(let why):
            return abandonNext(after: abandonment) { .step(.stepFailed(host: $0, step: .abandon, why: why)) }
        case .cameUp(_, let version, _):
            return abandonNext(after: abandonment) { .step(.notGivenBack(host: $0, running: version)) }
        case .rollbackRequested:
            return try retreat(event)
        case .lost:
            return try lose(event)
        case .began, .gatesOpened, .gatesHeld, .staged, .nothingOffered, .offerDiffered, .returned,
            .notReturned, .rebootNotBegun, .committed, .holdRequested, .resumed,
            .abandonRequested, .evacuated, .readmitted:
            throw IllegalEvent(state: state, event: event)
        }
    }

    mutating func held(
        _ event: Event, _ reasons: [HoldReason], then next: State
    ) throws(IllegalEvent) -> [Directive] {
        switch event {
        case .resumed(let retryReverted, let acceptsNoReturn, let overrides):
            // A way back that was begun goes on without a word: no host is taken forward by it.
            let isWayBack = retreating != nil
            guard retryReverted || isWayBack || !reasons.contains(where: \.isTerminal) else {
                return [.hold(reasons)]
            }
            if retryReverted { revertsAccepted.formUnion(reasons.compactMap(\.revertedHost)) }
            if acceptsNoReturn == true { self.acceptsNoReturn = true }
            self.overrides += overrides ?? []
            return resume(next)
        case .rollbackRequested:
            return try retreat(event)
        case .abandonRequested:
            return try abandon(event)
        case .lost:
            return try lose(event)
        case .began, .gatesOpened, .gatesHeld, .staged, .nothingOffered, .offerDiffered,
            .stepFailed,
            .refusedAsReverted, .returned, .notReturned, .rebootNotBegun, .committed, .holdRequested,
            .abandoned, .evacuated, .readmitted, .cameUp:
            throw IllegalEvent(state: state, event: event)
        }
    }

    mutating func finished(_ event: Event) throws(IllegalEvent) -> [Directive] {
        switch event {
        case .began, .gatesOpened, .gatesHeld, .staged, .nothingOffered, .offerDiffered,
            .stepFailed,
            .refusedAsReverted, .returned, .notReturned, .rebootNotBegun, .committed, .holdRequested,
            .resumed, .rollbackRequested, .abandonRequested, .abandoned, .evacuated, .readmitted, .cameUp,
            .lost:
            throw IllegalEvent(state: state, event: event)
        }
    }
}
