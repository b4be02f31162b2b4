/// The rollout goes on without a host that a person declared lost.
extension RolloutMachine {
    /// The plan without the lost hosts, which are neither waited for, nor asked, nor counted as agents.
    public var remaining: Plan {
        guard !lost.isEmpty else { return plan }
        var rest = plan
        rest.hosts.removeAll { lost[$0.id] != nil }
        rest.nodes?.removeAll { lost[$0.host] != nil }
        rest.units?.active.run(onFewerMachines: lost.count)
        rest.deis?.running.run(onFewerMachines: lost.count)
        return rest
    }

    /// Members of lost hosts, which are not waited for. They have their votes until they are removed.
    public var lostMembers: Set<EtcdMemberID> { Set(lost.values.compactMap { $0.member?.id }) }

    /// True if the host can be declared lost in this rollout.
    public func canLose(_ host: HostID) -> Bool {
        if case .finished = state { return false }
        return lost[host] == nil && plan.hosts.contains { $0.id == host }
    }

    /// Declares a host lost and holds. A person sees to what the host leaves behind before the next one goes.
    mutating func lose(_ event: Event) throws(IllegalEvent) -> [Directive] {
        guard case .lost(let host, let why, let member) = event, canLose(host) else {
            throw IllegalEvent(state: state, event: event)
        }
        let before = state
        lost[host] = LostHost(why: why, member: member)
        results[host] = .lost
        guard before != .planned else { return enter(.planned) }
        let reasons = before.reasons.filter { $0.subject != host }
        let reason = HoldReason.person(.hostLost(host: host, why: why, member: member))
        return hold(reasons + [reason], then: without(host, in: before.unheld))
    }

    /// The state to go on from without the host.
    private mutating func without(_ host: HostID, in state: State) -> State {
        if remaining.hosts.isEmpty || plan.purpose == .rollback(host: host) { return .finished(.hostLost) }
        switch state {
        case .planned, .finished:
            return state
        case .gating(host), .staging(host), .rechecking(host, _), .evacuating(host, _), .rebooting(host, _),
            .proving(host, _), .committing(host, _), .settling(host), .retreating(host, _, _),
            .rollingBack(host, _, _), .recovering(host, _, _, _):
            return nextTurn()
        case .gating, .staging, .rechecking, .evacuating, .rebooting, .proving, .committing, .settling:
            return state
        case .retreating(let other, let retreat, let then):
            return .retreating(other, retreat, then: without(host, in: then))
        case .rollingBack(let other, let retreat, let then):
            return .rollingBack(other, retreat, then: without(host, in: then))
        case .recovering(let other, let retreat, let running, let then):
            return .recovering(other, retreat, running: running, then: without(host, in: then))
        case .readmitting(let hosts, let then):
            let rest = hosts.filter { $0 != host }
            let next = without(host, in: then)
            return rest.isEmpty ? next : .readmitting(rest, then: next)
        case .abandoning(let abandonment):
            let rest = abandonment.without(host)
            return rest.waiting.isEmpty ? .finished(.abandoned) : .abandoning(rest)
        case .held(let reasons, let then):
            return .held(reasons, then: without(host, in: then))
        }
    }

    /// The state of the next host's turn, or the end.
    private mutating func nextTurn() -> State {
        // A rollout that only undoes never upgrades. It ends once no host is at work.
        guard plan.purpose == .upgrade else { return .finished(.hostLost) }
        _ = advance()
        return state.unheld
    }
}

extension RolloutMachine.Abandonment {
    fileprivate func without(_ host: HostID) -> Self {
        var rest = self
        rest.waiting.removeAll { $0 == host }
        rest.failed.removeAll { $0.subject == host }
        rest.failedHosts.removeAll { $0 == host }
        return rest
    }
}

extension RolloutMachine.State {
    /// The reasons of a hold; empty if the state is not held.
    fileprivate var reasons: [HoldReason] {
        guard case .held(let reasons, _) = self else { return [] }
        return reasons
    }
}

extension [String: Int] {
    /// Reduces the counts of units that ran on several machines by `machines`, but not below 1.
    fileprivate mutating func run(onFewerMachines machines: Int) {
        for (name, count) in self where count > 1 { self[name] = Swift.max(1, count - machines) }
    }
}
