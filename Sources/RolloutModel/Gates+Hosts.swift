extension Gates {
    /// Every host must be readable and at rest on a committed partition; the one concerned may be on its way.
    func hostReasons(_ checkpoint: Checkpoint, of host: HostID, in inventory: Inventory) -> [HoldReason] {
        plan.hosts.flatMap { planned -> [HoldReason] in
            switch inventory.hosts[planned.id] ?? .unknown("not asked") {
            case .unknown(let why):
                return [.hostUnreadable(host: planned.id, why: why)]
            case .seen(let facts):
                guard facts.machine == planned.machine else {
                    return [.machineChanged(host: planned.id, planned: planned.machine, found: facts.machine)]
                }
                let onItsWay = planned.id == host && checkpoint != .afterCommit
                return restReasons(planned.id, facts, checkpoint: onItsWay ? checkpoint : nil)
            }
        }
    }

    /// - Parameter checkpoint: nil for a host that must be at rest.
    private func restReasons(_ host: HostID, _ facts: HostFacts, checkpoint: Checkpoint?) -> [HoldReason] {
        var reasons: [HoldReason] = []
        if let claim = facts.claimedBy, claim != plan.rollout {
            reasons.append(.claimedByAnother(host: host, rollout: claim))
        }
        switch facts.committed {
        case nil: reasons.append(.partitionsUnreadable(host: host))
        case false where checkpoint != .beforeCommit: reasons.append(.hostUncommitted(host: host))
        case .some: break
        }
        // Pending by our own hand is what `beforeReboot` is about, and what a stage cut short leaves behind.
        if facts.updatePending, checkpoint != .beforeReboot, facts.claimedBy != plan.rollout {
            reasons.append(.updateAlreadyPending(host: host))
        }
        return reasons
    }
}
