extension RolloutMachine {
    /// What is to be done in this state, after a restart.
    ///
    /// Of a reboot it must be found out first whether it was heard. Of any other act the gates are asked anew, as their
    /// answer was of another time; the act may have been heard, and is asked for again when they are open.
    public var outstanding: [Directive] {
        switch state {
        case .staging(let host): [.askGates(.beforeStage, host)]
        case .evacuating(let host, _): [.askGates(.beforeReboot, host)]
        case .committing(let host, _): [.askGates(.beforeCommit, host)]
        case .rebooting(let host, let staged): [.awaitReturn(host, staged)]
        case .rollingBack(let host, let retreat, _): [.awaitRetreat(host, retreat)]
        case .planned, .gating, .rechecking, .proving, .settling, .readmitting, .retreating, .recovering,
            .abandoning, .held, .finished:
            directives
        }
    }

    /// The act that the present state announces; nil where it announces none.
    public var intent: Intent? {
        for case .record(let intent) in directives { return intent }
        return nil
    }

    /// What is to be done on entering the present state.
    private var directives: [Directive] {
        switch state {
        case .planned: []
        case .gating(let host): [.askGates(.beforeStage, host)]
        case .staging(let host):
            [
                .record(.stage(host: host, target: target)),
                .stage(host, target: target, acceptsRevert: revertsAccepted.contains(host)),
            ]
        case .rechecking(let host, _): [.askGates(.beforeReboot, host)]
        case .evacuating(let host, _): [.record(.evacuate(host: host)), .evacuate(host)]
        case .rebooting(let host, let staged):
            [
                // Durable before the host hears of it: a crash in between must find the host in the journal.
                .record(.reboot(host: host, boot: staged.boot, version: staged.version)),
                .reboot(host, staged), .awaitReturn(host, staged),
            ]
        case .proving(let host, _): [.askGates(.beforeCommit, host)]
        case .committing(let host, let returned):
            [
                .record(.commit(host: host, boot: returned.boot, version: returned.version)),
                .commit(host, returned),
            ]
        case .settling(let host): [.askGates(.afterCommit, host)]
        case .readmitting(let hosts, _):
            hosts.first.map { [.record(.readmit(host: $0)), .readmit($0)] } ?? []
        case .retreating(let host, _, _): [.askGates(.beforeRollback, host)]
        case .rollingBack(let host, let retreat, _):
            [
                .record(.rollback(host: host, boot: retreat.boot)), .rollback(host, retreat),
                .awaitRetreat(host, retreat),
            ]
        case .recovering(let host, _, _, _): [.askGates(.afterRollback, host)]
        case .abandoning(let abandonment):
            abandonment.waiting.first.map { [.record(.abandon(host: $0)), .abandon($0)] } ?? []
        case .held(let reasons, _): [.hold(reasons)]
        case .finished(let outcome): [.finish(outcome)]
        }
    }

    mutating func enter(_ next: State) -> [Directive] {
        state = next
        return directives
    }

    mutating func hold(_ reasons: [HoldReason], then next: State) -> [Directive] {
        enter(.held(reasons, then: next))
    }

    /// A person said go on. A host left in the middle of a reboot is looked at before anything else.
    mutating func resume(_ next: State) -> [Directive] {
        state = next
        return outstanding
    }

    /// The host at work is done.
    mutating func end(_ host: HostID, _ result: Result) -> [Directive] {
        results[host] = result
        if result == .upgraded { upgraded += 1 }
        return advance()
    }

    /// The next host's turn, or the end.
    mutating func advance() -> [Directive] {
        while cursor < plan.hosts.count, results[plan.hosts[cursor].id] != nil { cursor += 1 }
        guard cursor < plan.hosts.count else { return conclude() }
        let next = plan.hosts[cursor].id
        if let stopAfter = plan.stopAfter, upgraded >= stopAfter, !hasStopped {
            hasStopped = true
            return hold([.person(.stoppedAfter(hosts: upgraded))], then: .gating(next))
        }
        return enter(.gating(next))
    }

    /// Stands where hosts say that it was, and waits for a person's word. A host at work is looked at before anything is
    /// done to it again; one that went back needs a word of its own, whatever was said in the journal that is lost.
    mutating func takeUp(_ found: Found) {
        for host in found.upgraded { results[host] = .upgraded }
        switch found.atWork {
        case nil: _ = advance()
        case .staged(let host, let staged): state = .rechecking(host, staged)
        case .returned(let host, let returned): state = .proving(host, returned)
        }
        let reverts = found.wentBack.filter { !revertsAccepted.contains($0) }.map {
            HoldReason.step(.revertedBefore(host: $0, why: "its agent remembers it"))
        }
        state = .held([.plan(.journalLost)] + reverts, then: allReadmitted(state.unheld))
    }

    /// Whose nodes the lost journal had cordoned is for the nodes to say.
    private func allReadmitted(_ next: State) -> State {
        let hosts = plan.hosts.map(\.id).filter { $0 != next.hostOut }
        return plan.nodes == nil || hosts.isEmpty ? next : .readmitting(hosts, then: next)
    }

    /// Every host had its turn. Those that were offered nothing before the target was known get another, unless it is what
    /// they ran.
    private mutating func conclude() -> [Directive] {
        for (host, running) in unoffered where results[host] == .unchanged && running == target {
            results[host] = .alreadyThere
        }
        let unchanged = plan.hosts.map(\.id).filter { results[$0] == .unchanged }
        guard let target, let first = unchanged.first else {
            return enter(.finished(target == nil ? .nothingOffered : .upgraded))
        }
        unchanged.forEach { reopen($0) }
        return hold([.offer(.leftBehind(hosts: unchanged, target: target))], then: .gating(first))
    }

    /// Gives a host another turn.
    mutating func reopen(_ host: HostID) {
        results[host] = nil
        cursor = 0
    }

    /// Judges a host that rebooted without being told to. A host that came up on the staged partition is on its single
    /// try, as after a reboot that it was told to do, or was committed before; on the other one, it went back by itself.
    ///
    /// - Parameter partition: the staged one's label; nil where nobody heard that it was staged.
    mutating func cameUp(_ host: HostID, _ returned: Returned, staged partition: String?) -> [Directive] {
        if let partition, partition != returned.partition {
            let reason = arrival(host, returned.version, target: target ?? returned.version)
            return readmit(host, then: .held([reason], then: .gating(host)))
        }
        let target = target ?? returned.version
        self.target = target
        guard returned.version == target else {
            let reason = arrival(host, returned.version, target: target)
            return fail(host, returned, [reason], then: .proving(host, returned))
        }
        return enter(.proving(host, returned))
    }

    /// The hold reason for a host that came back in another version than the target.
    func arrival(_ host: HostID, _ running: Version, target: Version) -> HoldReason {
        let before = plan.hosts.first { $0.id == host }?.version
        return running == before
            ? .step(.reverted(host: host, running: running, target: target))
            : .step(.wrongVersion(host: host, running: running, target: target))
    }
}
