/// Whether a host is fit to be updated, asked of all hosts before anything is done to one: what would stop the third host
/// is known at the first.
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
            reasons += spaceReasons(planned.id, facts)
            reasons += cgroupReasons(planned.id, facts)
            reasons += settingReasons(planned.id, facts)
            reasons += tableReasons(planned.id, facts)
            if checkpoint == .beforeStage { reasons += partitionReasons(planned.id, facts) }
        }
        if let clock = settings.clock { reasons += clockReasons(seen.map { ($0.id, $1) }, clock) }
        // Staging itself may write drop-ins: flatcar-postinst and coreos-postinst do.
        if let drift = settings.drift, checkpoint == .beforeStage {
            reasons += driftReasons(of: host, seen, drift)
        }
        return reasons
    }

    /// What is not told is not taken for granted; gates of their own say so of cgroups, clock and settings, where these
    /// matter.
    private func engineReasons(_ host: HostID, _ facts: HostFacts) -> [HoldReason] {
        // At work by our own hand, in a stage that was cut short.
        guard facts.claimedBy != plan.rollout else { return [] }
        var reasons: [HoldReason] = []
        for untold in [HostFacts.Untold.pendingUpdate, .engine] {
            if let why = facts.untold[untold] { reasons.append(.untold(host: host, untold, why: why)) }
        }
        if let operation = facts.engineOperation {
            reasons.append(.engineBusy(host: host, operation: operation))
        }
        return reasons
    }

    /// It went back before Turnstile came, and nobody can say what from: some providers boot what was installed, whatever was
    /// put on the disk since. What its agent remembers is judged with the target.
    private func partitionReasons(_ host: HostID, _ facts: HostFacts) -> [HoldReason] {
        guard facts.otherWasTriedInVain, facts.revertedFrom == nil, facts.version != target,
            facts.claimedBy != plan.rollout, !revertsAccepted.contains(host)
        else { return [] }
        let partition = facts.otherPartition ?? "its other partition"
        return [
            .revertedBefore(host: host, why: "\(partition) was booted on its one try, and never marked good")
        ]
    }

    /// Lines that update-engine reads otherwise than they were meant. They come back when update.conf is restored, also
    /// where the rollout writes its own meanwhile.
    private func settingReasons(_ host: HostID, _ facts: HostFacts) -> [HoldReason] {
        guard facts.version != target else { return [] }
        return facts.oddSettings.map { .settingOdd(host: host, $0) }
    }

    /// Boot loader and cgpt may go by different copies of it from here on.
    private func tableReasons(_ host: HostID, _ facts: HostFacts) -> [HoldReason] {
        guard facts.version != target, let table = facts.damagedTable else { return [] }
        return [.partitionTableDamaged(host: host, disk: table.disk, why: table.why)]
    }

    private func spaceReasons(_ host: HostID, _ facts: HostFacts) -> [HoldReason] {
        // What an upgraded host has left is no matter.
        guard facts.version != target else { return [] }
        if let why = facts.untold[.space] { return [.untold(host: host, .space, why: why)] }
        return facts.space.filter { $0.freeBytes < $0.neededBytes }.map {
            .spaceLacking(host: host, $0)
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
        case .v1: return [.cgroupsRefused(host: host, target: target)]
        case nil: return [.untold(host: host, .cgroups, why: facts.why(.cgroups))]
        }
    }

    /// Against the one in the middle, which of three is not the one that is wrong.
    private func clockReasons(_ seen: [(HostID, HostFacts)], _ clock: GateSettings.Clock) -> [HoldReason] {
        let read = seen.compactMap { host, facts in facts.clock.map { (host: host, clock: $0) } }
        let sorted = read.sorted { $0.clock.likelyOffset < $1.clock.likelyOffset }
        let middle = sorted.dropFirst(sorted.count / 2).first
        return seen.compactMap { host, facts in
            guard let own = facts.clock else { return .untold(host: host, .clock, why: facts.why(.clock)) }
            guard let middle else { return nil }
            let ahead = own.surelyAhead(of: middle.clock)
            guard abs(ahead) > clock.skewSeconds else { return nil }
            return .clockSkewed(
                host: host,
                ClockSkew(
                    other: middle.host, aheadSeconds: ahead, mostSeconds: clock.skewSeconds,
                    shown: middle.clock.shown + own.likelyOffset - middle.clock.likelyOffset,
                    otherShown: middle.clock.shown))
        }
    }

    /// Hosts that are still to go are compared with each other; the one whose turn it is, with what it was when the plan was
    /// made.
    private func driftReasons(
        of host: HostID, _ seen: [(PlannedHost, HostFacts)], _ drift: GateSettings.Drift
    ) -> [HoldReason] {
        // A new image may bring drop-ins of its own.
        let waiting = seen.filter { $0.version == $1.version }
        var reasons: [HoldReason] = []
        var known: [(id: HostID, files: [String: String])] = []
        for (planned, facts) in waiting {
            guard let settings = facts.settings else {
                reasons.append(.untold(host: planned.id, .settings, why: facts.why(.settings)))
                continue
            }
            known.append((planned.id, settings.files))
            if let expected = drift.userData, !settings.userData.values.contains(expected.sha256) {
                reasons.append(
                    .userDataUnexpected(
                        host: planned.id, file: expected.file, found: settings.userData.keys.sorted()))
            }
            if planned.id == host, let changed = planned.settings.map(settings.drift), !changed.isEmpty {
                reasons.append(.settingsDrift(host: host, files: changed, against: .plan))
            }
        }
        guard drift.compare != .none else { return reasons }
        return reasons + SettingsComparison(hosts: known, rule: drift.compare).differing
    }
}

extension HostFacts {
    fileprivate func why(_ untold: Untold) -> String {
        self.untold[untold] ?? "its agent says nothing of it"
    }
}
