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
        let machines = Set(plan.hosts.filter { lost[$0.id] != nil }.map(\.machine))
        rest.platform?.baseline.remove(machines)
        return rest
    }

    /// Members of lost hosts, which are not waited for, and keep their votes until they are removed.
    public var lostMembers: Set<EtcdMemberID> { Set(lost.values.compactMap { $0.member?.id }) }

    /// True if the host can be declared lost in this rollout.
    public func canLose(_ host: HostID) -> Bool {
        outcome == nil && lost[host] == nil && plan.hosts.contains { $0.id == host }
    }

    /// Declares a host lost and holds. A person sees to what the host leaves behind before the next one goes.
    mutating func lose(_ host: HostID, _ loss: LostHost) -> [Directive]? {
        guard canLose(host) else { return nil }
        let before = state
        lost[host] = loss
        results[host] = .lost
        guard before != State(.planned) else { return enter(.planned) }
        let reasons = (before.held ?? []).filter { $0.subject != host }
        let reason = HoldReason.person(.hostLost(host: host, why: loss.why, member: loss.member))
        state = without(host, in: before.unheld)
        return follow(.hold(reasons + [reason]))
    }

    /// The state to go on from without the host.
    private mutating func without(_ host: HostID, in state: State) -> State {
        if remaining.hosts.isEmpty || plan.purpose == .rollback(host: host) {
            return State(.finished(.hostLost))
        }
        switch state.top {
        case .planned, .platform, .finished: return state
        case .upgrade(let upgrade): return upgrade.host == host ? nextTurn() : state
        case .giveBack(let giveBack):
            let rest = giveBack.without(host)
            return State(rest.waiting.isEmpty ? .finished(.abandoned) : .giveBack(rest))
        case .rollback(let rollback) where rollback.host == host: return nextTurn()
        case .uncordon(let uncordon):
            let rest = uncordon.hosts.filter { $0 != host }
            let next = without(host, in: state.beneathTop)
            return rest.isEmpty ? next : next.pushing(.uncordon(Uncordon(hosts: rest)))
        case .rollback, .hold: return without(host, in: state.beneathTop).pushing(state.top)
        }
    }

    /// The state of the next host's turn, or the end.
    private mutating func nextTurn() -> State {
        // A rollout that only undoes never upgrades, and ends once no host is at work.
        guard plan.purpose == .upgrade else { return State(.finished(.hostLost)) }
        _ = advance()
        return state.unheld
    }
}

extension [String: Int] {
    /// Reduces the counts of units that ran on several machines by `machines`, but not below 1.
    fileprivate mutating func run(onFewerMachines machines: Int) {
        for (name, count) in self where count > 1 { self[name] = Swift.max(1, count - machines) }
    }
}
