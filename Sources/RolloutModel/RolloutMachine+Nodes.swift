/// Taking a host's node out of service, and putting it back. What was cordoned is marked at the node in the same write, so
/// that either can be asked for again after a crash, and undoes nothing that somebody else did.
extension RolloutMachine {
    mutating func evacuating(
        _ event: Event, _ host: HostID, _ staged: Staged
    ) throws(IllegalEvent) -> [Directive] {
        switch event {
        // Asked anew after a restart, as for `staging`.
        case .gatesOpened:
            return enter(state)
        case .gatesHeld(let reasons):
            return hold(reasons, host, then: staged)
        case .evacuated:
            var staged = staged
            staged.isEvacuated = true
            return enter(.rechecking(host, staged))
        case .stepFailed(let why):
            return hold([.step(.stepFailed(host: host, step: .evacuate, why: why))], host, then: staged)
        case .rollbackRequested:
            return try retreat(event)
        case .abandonRequested:
            return try abandon(event)
        case .cameUp(let boot, let version, let partition):
            let returned = Returned(version: version, boot: boot, partition: partition)
            return cameUp(host, returned, staged: staged.partition)
        case .lost:
            return try lose(event)
        case .began, .staged, .nothingOffered, .offerDiffered, .refusedAsReverted, .returned, .notReturned,
            .rebootNotBegun, .committed, .readmitted, .holdRequested, .resumed, .abandoned:
            throw IllegalEvent(state: state, event: event)
        }
    }

    mutating func readmitting(
        _ event: Event, _ hosts: [HostID], then next: State
    ) throws(IllegalEvent) -> [Directive] {
        switch event {
        case .readmitted:
            let rest = Array(hosts.dropFirst())
            return rest.isEmpty ? resume(next) : enter(.readmitting(rest, then: next))
        case .stepFailed(let why):
            let failures = hosts.prefix(1).map {
                HoldReason.step(.stepFailed(host: $0, step: .readmit, why: why))
            }
            return hold(failures, then: state)
        case .rollbackRequested:
            return try retreat(event)
        case .abandonRequested:
            return try abandon(event)
        case .lost:
            return try lose(event)
        case .began, .gatesOpened, .gatesHeld, .staged, .nothingOffered, .offerDiffered, .refusedAsReverted,
            .returned, .notReturned, .rebootNotBegun, .committed, .evacuated, .holdRequested, .resumed,
            .abandoned, .cameUp:
            throw IllegalEvent(state: state, event: event)
        }
    }

    /// A host is no longer out: its node serves again before anything else.
    mutating func readmit(_ host: HostID, then next: State) -> [Directive] {
        enter(plan.nodes == nil ? next : .readmitting([host], then: next))
    }

    /// A host that is staged, and up on its old boot, is held: its node serves meanwhile, and is drained anew later. One that
    /// may yet hear that it is to reboot stays drained.
    mutating func hold(_ reasons: [HoldReason], _ host: HostID, then staged: Staged) -> [Directive] {
        guard staged.told == 0 else { return hold(reasons, then: .rechecking(host, staged)) }
        var staged = staged
        staged.isEvacuated = false
        return readmit(host, then: .held(reasons, then: .rechecking(host, staged)))
    }
}

extension RolloutMachine.State {
    /// Its node was drained, and its host is not told to reboot yet.
    public var drained: HostID? {
        guard case .rechecking(let host, let staged) = self, staged.isEvacuated else { return nil }
        return host
    }

    /// The host whose node is being taken out of service, or was, and which is not out itself.
    var evacuated: HostID? {
        guard case .evacuating(let host, _) = self else { return drained }
        return host
    }

    /// The same, once the node serves again.
    var readmitted: Self {
        switch self {
        case .evacuating(let host, var staged), .rechecking(let host, var staged):
            staged.isEvacuated = false
            return .rechecking(host, staged)
        default: return self
        }
    }
}
