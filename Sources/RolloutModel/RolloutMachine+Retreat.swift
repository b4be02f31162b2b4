extension RolloutMachine {
    /// A host that is not whole on the new version before it was committed.
    mutating func fail(
        _ host: HostID, _ returned: Returned, _ reasons: [HoldReason], then next: State
    ) -> [Directive] {
        guard plan.onFailure == .rollback else { return hold(reasons, then: next) }
        let retreat = Retreat(
            boot: returned.boot, from: returned.version, partition: returned.partition, because: reasons)
        return enter(.retreating(host, retreat, then: next))
    }

    /// A person asked for a way back.
    mutating func retreat(_ event: Event) throws(IllegalEvent) -> [Directive] {
        guard case .rollbackRequested(let host, let boot, let version, let partition) = event,
            plan.hosts.contains(where: { $0.id == host }), isFree(toRetreat: host)
        else { throw IllegalEvent(state: state, event: event) }
        // A host that went back once is not forgotten over a rollback that comes to nothing.
        let retreat = Retreat(boot: boot, from: version, partition: partition, because: state.reverts)
        let next = State.retreating(host, retreat, then: state.unheld.readmitted)
        // Never two nodes out: one that waited for its own host to go serves again first.
        return state.unheld.evacuated.map { readmit($0, then: next) } ?? enter(next)
    }

    /// Whether a host of this rollout may be taken back now: no other is out, and nothing is undone already.
    public func isFree(toRetreat host: HostID) -> Bool {
        lost[host] == nil && isFree(toRetreat: host, in: state.unheld)
    }

    private func isFree(toRetreat host: HostID, in state: State) -> Bool {
        switch state {
        case .planned: plan.purpose == .rollback(host: host)
        case .retreating, .rollingBack, .recovering, .finished: false
        // A host that came up on the staged partition is out, and cannot be given back from there.
        case .abandoning(let abandonment): abandonment.waiting.contains(host)
        // A host that cannot be readmitted may need its old partition.
        case .readmitting(let hosts, let then): hosts == [host] && isFree(toRetreat: host, in: then.unheld)
        case .gating, .staging, .rechecking, .evacuating, .rebooting, .proving, .committing, .settling, .held:
            state.hostOut == nil || state.hostOut == host
        }
    }

    /// The host whose way back is under way, or held.
    public var retreating: HostID? {
        switch state.unheld {
        case .retreating(let host, _, _), .rollingBack(let host, _, _), .recovering(let host, _, _, _): host
        default: nil
        }
    }

    /// There is no way back: the rollout stands where it stood.
    mutating func giveUp(
        _ host: HostID, _ retreat: Retreat, _ reasons: [HoldReason], then next: State
    ) -> [Directive] {
        let why = reasons.map(\.description).joined(separator: "; ")
        // One that is for nothing but the way back asks for it again.
        let next = plan.purpose == .rollback(host: host) ? .retreating(host, retreat, then: next) : next
        return hold(retreat.because + [.step(.notRolledBack(host: host, why: why))], then: next)
    }

    /// Back on the old partition. Only a person's word takes the host forward again.
    mutating func recovered(
        _ host: HostID, _ retreat: Retreat, _ running: Version, _ reasons: [HoldReason], then next: State
    ) -> [Directive] {
        if case .abandoning = next {
            return reasons.isEmpty ? readmit(host, then: next) : hold(reasons, then: state)
        }
        reopen(host)
        if plan.purpose == .rollback(host: host) {
            guard reasons.isEmpty else { return hold(reasons, then: state) }
            results[host] = .rolledBack
            return readmit(host, then: .finished(.rolledBack))
        }
        revertsAccepted.remove(host)
        let rolledBack = HoldReason.step(.rolledBack(host: host, running: running, from: retreat.from))
        return readmit(host, then: .held(retreat.because + [rolledBack] + reasons, then: .gating(host)))
    }

    /// A person asked to end it. A host that is out cannot be given back.
    mutating func abandon(_ event: Event) throws(IllegalEvent) -> [Directive] {
        guard state.hostOut == nil else { throw IllegalEvent(state: state, event: event) }
        if case .abandoning(let abandonment) = state.unheld { return enter(.abandoning(abandonment)) }
        let hosts = remaining.hosts.map(\.id)
        return enter(hosts.isEmpty ? .finished(.abandoned) : .abandoning(Abandonment(waiting: hosts)))
    }

    /// The next host to give back, or the end.
    mutating func abandonNext(
        after abandonment: Abandonment, failure: ((HostID) -> HoldReason)?
    ) -> [Directive] {
        var next = abandonment
        // Every host may have been declared lost before the rollout began.
        guard !next.waiting.isEmpty else { return enter(.finished(.abandoned)) }
        let host = next.waiting.removeFirst()
        if let failure {
            next.failed.append(failure(host))
            next.failedHosts.append(host)
        }
        guard next.waiting.isEmpty else { return enter(.abandoning(next)) }
        guard !next.failed.isEmpty else { return enter(.finished(.abandoned)) }
        return hold(next.failed, then: .abandoning(Abandonment(waiting: next.failedHosts)))
    }
}

extension RolloutMachine.State {
    /// The same, where the host is on a later boot of the same partition.
    func rebooted(_ host: HostID, into boot: BootID) -> Self {
        guard case .proving(host, var returned) = self else { return self }
        returned.boot = boot
        return .proving(host, returned)
    }
}
