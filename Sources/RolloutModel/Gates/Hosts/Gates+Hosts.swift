extension Gates {
    /// Every host must be readable and at rest on a committed partition; the one concerned may be on its way.
    func hostReasons(_ checkpoint: Checkpoint, of host: HostID, in inventory: Inventory) -> [HoldReason] {
        plan.hosts.flatMap { planned -> [HoldReason] in
            switch inventory.hosts[planned.id] ?? .unknown("not asked") {
            case .unknown(let why):
                return [
                    .host(
                        .hostUnreadable(
                            host: planned.id, why: why, trouble: inventory.troubles[planned.id],
                            bastion: inventory.bastions[planned.id]))
                ]
            case .seen(let facts):
                // Empty ids are equal, and identify no host.
                guard !planned.machine.rawValue.isEmpty, !facts.machine.rawValue.isEmpty,
                    !facts.boot.rawValue.isEmpty
                else {
                    return [
                        .host(
                            .hostUnreadable(host: planned.id, why: "its machine-id or boot_id is not known"))
                    ]
                }
                guard facts.machine == planned.machine else {
                    return [
                        .host(
                            .machineChanged(host: planned.id, planned: planned.machine, found: facts.machine))
                    ]
                }
                let onItsWay =
                    planned.id == host && checkpoint != .afterCommit && checkpoint != .afterRollback
                return hazards(planned.id, facts, checkpoint, isConcerned: planned.id == host)
                    + restReasons(planned.id, facts, checkpoint: onItsWay ? checkpoint : nil)
            }
        }
    }

    /// - Parameter checkpoint: nil for a host that must be at rest.
    private func restReasons(_ host: HostID, _ facts: HostFacts, checkpoint: Checkpoint?) -> [HoldReason] {
        // A rollback is asked for this very host, whatever state it is in.
        guard checkpoint != .beforeRollback else { return [] }
        var reasons: [HoldReason] = []
        if let claim = facts.claimedBy, claim != plan.rollout {
            reasons.append(.host(.claimedByAnother(host: host, rollout: claim)))
        }
        switch facts.committed {
        case nil: reasons.append(.host(.partitionsUnreadable(host: host, why: facts.untold[.partitions])))
        case false where checkpoint != .beforeCommit: reasons.append(.host(.hostUncommitted(host: host)))
        case .some: break
        }
        // Pending by our own hand is what `beforeReboot` is about, and what a stage cut short leaves behind.
        if facts.updatePending, checkpoint != .beforeReboot, facts.claimedBy != plan.rollout {
            reasons.append(.host(.updateAlreadyPending(host: host)))
        }
        if let why = facts.otherIsNext, !facts.updatePending, checkpoint != .beforeCommit {
            let partition = facts.otherPartition ?? "the other partition"
            reasons.append(.host(.otherPartitionNext(host: host, partition: partition, why: why)))
        }
        // The server offered what runs, and the engine took it (facts 0.54).
        if checkpoint == .beforeReboot, let target, facts.version == target {
            reasons.append(.offer(.runningVersionStaged(host: host, version: target)))
        }
        if let checkpoint { reasons += revertReasons(host, facts, checkpoint) }
        return reasons
    }

    /// A host that went back from the target is not taken there again without a person's word.
    private func revertReasons(_ host: HostID, _ facts: HostFacts, _ checkpoint: Checkpoint) -> [HoldReason] {
        guard let target, facts.revertedFrom == target else { return [] }
        switch checkpoint {
        // On its single try in a third version: it is out, whatever became of it once before.
        case .beforeCommit where facts.version != target && facts.committed == false:
            return [.step(.wrongVersion(host: host, running: facts.version, target: target))]
        case .beforeStage where !revertsAccepted.contains(host), .beforeCommit where facts.version != target:
            return [.step(.reverted(host: host, running: facts.version, target: target))]
        case .beforeStage, .beforeReboot, .beforeCommit, .afterCommit, .beforeRollback, .afterRollback:
            return []
        }
    }

    /// Asked of all hosts before anything is done to one: what would stop the third host is known at the first.
    private func hazards(
        _ host: HostID, _ facts: HostFacts, _ checkpoint: Checkpoint, isConcerned: Bool
    ) -> [HoldReason] {
        let acting =
            switch checkpoint {
            case .beforeStage, .beforeReboot: plan.isBystander(host) ? [] : facts.hazards
            case .beforeRollback where isConcerned: facts.hazards.filter(\.actsOnShutdown)
            case .beforeCommit, .afterCommit, .beforeRollback, .afterRollback: [] as [HostHazard]
            }
        return acting.map { .host(.hostUnsafe(host: host, unit: $0.unit, message: $0.message)) }
            + untoldHazards(host, facts, checkpoint, isConcerned: isConcerned)
    }

    /// An agent that cannot tell of hazards may have any of them.
    private func untoldHazards(
        _ host: HostID, _ facts: HostFacts, _ checkpoint: Checkpoint, isConcerned: Bool
    ) -> [HoldReason] {
        guard let why = facts.untold[.hazards] else { return [] }
        switch checkpoint {
        case .beforeStage, .beforeReboot: if plan.isBystander(host) { return [] }
        case .beforeRollback where isConcerned: break
        case .beforeCommit, .afterCommit, .beforeRollback, .afterRollback: return []
        }
        return [.host(.untold(host: host, .hazards, why: why))]
    }
}
