/// A host's rollback, as the frame knows it: who may have one, and where the rollout stands after it.
extension RolloutMachine {
    /// A person asked for a rollback.
    ///
    /// - Parameter retreat: what the host runs, and the boot that is to end.
    mutating func rollBack(_ host: HostID, _ retreat: Retreat) -> [Directive]? {
        guard plan.hosts.contains(where: { $0.id == host }), isFree(toRetreat: host) else { return nil }
        var retreat = retreat
        // A host that went back once is not forgotten over a rollback that comes to nothing.
        retreat.because = (state.held ?? []).filter { $0.revertedHost != nil }
        state = state.unheld
        let drained = state.top.drainedForReboot
        state.top.takeUndrained()
        let rollback = ProcedureAnswer.push(.rollback(HostRollback(host: host, retreat: retreat)))
        // Never two nodes out: one that waited for its own host to go serves again first.
        return follow(drained.map { .uncordon($0, before: rollback) } ?? rollback)
    }

    /// True if a host of this rollout may be rolled back now: no other is out, and nothing is undone already.
    public func isFree(toRetreat host: HostID) -> Bool {
        lost[host] == nil && isFree(toRetreat: host, in: state.unheld)
    }

    private func isFree(toRetreat host: HostID, in state: State) -> Bool {
        switch state.top {
        case .planned: return plan.purpose == .rollback(host: host)
        case .rollback, .platform, .finished: return false
        // A host that came up on the staged partition is out, and cannot be given back from there.
        case .giveBack(let giveBack): return giveBack.waiting.contains(host)
        // A host that cannot be readmitted may need its old partition.
        case .uncordon(let uncordon):
            return uncordon.hosts == [host] && isFree(toRetreat: host, in: state.beneathTop.unheld)
        case .upgrade, .hold: return state.hostOut == nil || state.hostOut == host
        }
    }

    /// The host whose way back is under way, or held.
    public var retreating: HostID? {
        guard case .rollback(let rollback) = state.unheld.top else { return nil }
        return rollback.host
    }

    /// There is no way back: the rollout stands where it stood.
    ///
    /// - Parameter boot: the boot that the host is in now; nil where it did not reboot.
    mutating func stayed(
        _ rollback: HostRollback, _ reasons: [HoldReason], in boot: BootID?
    ) -> [Directive] {
        let host = rollback.host
        let why = reasons.map(\.description).joined(separator: "; ")
        state.pop()
        if let boot { state.top.rebooted(host, into: boot) }
        // A rollout whose only purpose is the rollback asks for it again.
        if plan.purpose == .rollback(host: host) {
            state.push(.rollback(HostRollback(host: host, retreat: rollback.retreat)))
        }
        return follow(.hold(rollback.retreat.because + [.step(.notRolledBack(host: host, why: why))]))
    }

    /// Back on the old partition. Only a person's word takes the host forward again.
    mutating func wentBack(
        _ rollback: HostRollback, _ running: Version, _ reasons: [HoldReason]
    ) -> [Directive] {
        let host = rollback.host
        if case .giveBack = state.beneathTop.top {
            guard reasons.isEmpty else { return follow(.hold(reasons)) }
            state.pop()
            return follow(.uncordon(host, before: .stay))
        }
        reopen(host)
        if plan.purpose == .rollback(host: host) {
            guard reasons.isEmpty else { return follow(.hold(reasons)) }
            results[host] = .rolledBack
            state = State(.finished(.rolledBack))
            return follow(.uncordon(host, before: .stay))
        }
        facts.revertsAccepted.remove(host)
        let retreat = rollback.retreat
        let rolledBack = HoldReason.step(.rolledBack(host: host, running: running, from: retreat.from))
        state = State(.upgrade(HostUpgrade(host: host)))
        return follow(.uncordon(host, before: .hold(retreat.because + [rolledBack] + reasons)))
    }
}
