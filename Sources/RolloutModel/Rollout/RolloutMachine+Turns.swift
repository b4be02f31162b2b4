/// The order of the hosts' turns.
extension RolloutMachine {
    /// The host at work is done.
    mutating func end(_ host: HostID, _ result: Result) -> [Directive] {
        results[host] = result
        if result == .upgraded { upgraded += 1 }
        return advance()
    }

    /// The next host's turn, or the end.
    mutating func advance() -> [Directive] {
        while cursor < plan.hosts.count, hasNoTurn(plan.hosts[cursor].id) { cursor += 1 }
        guard cursor < plan.hosts.count else { return conclude() }
        state = State(.upgrade(HostUpgrade(host: plan.hosts[cursor].id)))
        if let stopAfter = plan.stopAfter, upgraded >= stopAfter, !hasStopped {
            hasStopped = true
            return follow(.hold([.person(.stoppedAfter(hosts: upgraded))]))
        }
        return directives
    }

    private func hasNoTurn(_ host: HostID) -> Bool { results[host] != nil || plan.isBystander(host) }

    /// Ends the turns. Hosts that were offered nothing before the target was known get another turn, unless they ran
    /// the target.
    private mutating func conclude() -> [Directive] {
        for (host, running) in facts.unoffered where results[host] == .unchanged && running == target {
            results[host] = .alreadyThere
        }
        let unchanged = plan.hosts.map(\.id).filter { results[$0] == .unchanged }
        guard let target, let first = unchanged.first else {
            return enter(.finished(target == nil ? .nothingOffered : .upgraded))
        }
        unchanged.forEach { reopen($0) }
        state = State(.upgrade(HostUpgrade(host: first)))
        return follow(.hold([.offer(.leftBehind(hosts: unchanged, target: target))]))
    }

    /// Gives a host another turn.
    mutating func reopen(_ host: HostID) {
        results[host] = nil
        cursor = 0
    }

    /// Stands where hosts say that it was, and waits for a person's word. A host at work is looked at before anything is
    /// done to it again; one that went back needs a word of its own, whatever was said in the journal that is lost.
    mutating func takeUp(_ found: Found) {
        for host in found.upgraded { results[host] = .upgraded }
        if let atWork = found.atWork {
            state = State(.upgrade(HostUpgrade(atWork)))
        } else {
            _ = advance()
        }
        let reverts = found.wentBack.filter { !revertsAccepted.contains($0) }.map {
            HoldReason.step(.revertedBefore(host: $0, why: "its agent remembers it"))
        }
        state = state.unheld
        // The nodes themselves tell which of them the lost journal had cordoned.
        let serving = plan.hosts.map(\.id).filter { $0 != state.hostOut }
        if plan.nodes != nil, !serving.isEmpty { state.push(.uncordon(Uncordon(hosts: serving))) }
        state.push(.hold([.plan(.journalLost)] + reverts))
    }
}
