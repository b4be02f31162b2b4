/// The checks that a host is fit to be updated, made on all hosts before anything is done to one: what would stop the
/// third host is known at the first.
extension Gates {
    func preflightReasons(_ checkpoint: Checkpoint, of host: HostID, in inventory: Inventory) -> [HoldReason]
    {
        guard checkpoint == .beforeStage || checkpoint == .beforeReboot else { return [] }
        let seen = plan.hosts.compactMap { planned in
            inventory.hosts[planned.id]?.value.map { (planned, $0) }
        }
        var reasons: [HoldReason] = []
        for (planned, facts) in seen {
            reasons += engineReasons(planned.id, facts)
            // The rest is about what an update needs.
            guard !plan.isBystander(planned.id) else { continue }
            reasons += spaceReasons(planned.id, facts)
            reasons += cgroupReasons(planned.id, facts)
            reasons += settingReasons(planned.id, facts)
            reasons += tableReasons(planned.id, facts)
            if checkpoint == .beforeStage { reasons += partitionReasons(planned.id, facts) }
        }
        if let clock = settings.clock {
            reasons += ClockGate(settings: clock).reasons(seen.map { ($0.id, $1) })
        }
        // Staging itself may write drop-ins: flatcar-postinst and coreos-postinst do.
        if let drift = settings.drift, checkpoint == .beforeStage {
            reasons += driftReasons(of: host, seen, drift)
        }
        return reasons
    }

    /// The reasons that concern update-engine. Facts that were not told hold, too; for cgroups, clock and settings,
    /// gates of their own do that, where these matter.
    private func engineReasons(_ host: HostID, _ facts: HostFacts) -> [HoldReason] {
        // At work by our own hand, in a stage that was cut short.
        guard facts.claimedBy != plan.rollout else { return [] }
        var reasons: [HoldReason] = []
        for untold in [HostFacts.Untold.pendingUpdate, .engine] {
            if let why = facts.untold[untold] { reasons.append(.host(.untold(host: host, untold, why: why))) }
        }
        if let operation = facts.engineOperation {
            reasons.append(.preflight(.engineBusy(host: host, operation: operation)))
        }
        return reasons
    }

    /// The reason for a host that reverted before Turnstile came. The version that it reverted from is unknown: some
    /// providers boot what was installed, whatever was put on the disk since. A revert that the agent remembers is
    /// judged with the target.
    private func partitionReasons(_ host: HostID, _ facts: HostFacts) -> [HoldReason] {
        guard facts.otherWasTriedInVain, facts.revertedFrom == nil, facts.version != target,
            facts.claimedBy != plan.rollout, !revertsAccepted.contains(host)
        else { return [] }
        let partition = facts.otherPartition ?? "its other partition"
        return [
            .step(
                .revertedBefore(
                    host: host, why: "\(partition) was booted on its one try, and never marked good"))
        ]
    }

    /// The reasons for lines that update-engine reads otherwise than they were meant. Such lines come back when
    /// update.conf is restored, also where the rollout writes its own meanwhile.
    private func settingReasons(_ host: HostID, _ facts: HostFacts) -> [HoldReason] {
        guard facts.version != target else { return [] }
        return facts.oddSettings.map { .preflight(.settingOdd(host: host, $0)) }
    }

    /// Boot loader and cgpt may go by different copies of it from here on.
    private func tableReasons(_ host: HostID, _ facts: HostFacts) -> [HoldReason] {
        guard facts.version != target, let table = facts.damagedTable else { return [] }
        return [.preflight(.partitionTableDamaged(host: host, disk: table.disk, why: table.why))]
    }

    private func spaceReasons(_ host: HostID, _ facts: HostFacts) -> [HoldReason] {
        // The space left on an upgraded host does not matter.
        guard facts.version != target else { return [] }
        if let why = facts.untold[.space] { return [.host(.untold(host: host, .space, why: why))] }
        return facts.space.filter { $0.freeBytes < $0.neededBytes }.map {
            .preflight(.spaceLacking(host: host, $0))
        }
    }

    /// flatcar-postinst of that release and later ends the update on a host that runs cgroup v1 (facts 0.14).
    private static let firstWithoutCgroupV1 = ReleaseNumber(4187, 0, 0)

    private func cgroupReasons(_ host: HostID, _ facts: HostFacts) -> [HoldReason] {
        guard facts.distribution == .flatcar, let target, facts.version != target,
            let to = ReleaseNumber(target), to >= Self.firstWithoutCgroupV1
        else { return [] }
        switch facts.cgroups {
        case .v2: return []
        case .v1: return [.preflight(.cgroupsRefused(host: host, target: target))]
        case nil: return [.host(.untold(host: host, .cgroups, why: facts.why(.cgroups)))]
        }
    }
}
