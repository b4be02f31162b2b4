/// The gate on what the cluster runs, and on the release that it is taken to: the two must go together.
extension Gates {
    /// Before a host goes: what its image would take away, and which etcd it would bring. Once it is back: which it
    /// brought.
    func releaseReasons(_ checkpoint: Checkpoint, of host: HostID, in inventory: Inventory) -> [HoldReason] {
        guard let target else { return [] }
        switch checkpoint {
        case .beforeStage, .beforeReboot:
            return fleetReasons(in: inventory, target)
                + forecastReasons(checkpoint, of: host, in: inventory, target)
        case .beforeCommit:
            return arrivalReasons(of: host, in: inventory, target)
        case .afterCommit, .beforeRollback, .afterRollback:
            return []
        }
    }

    /// Asked of all hosts before anything is done to one.
    private func fleetReasons(in inventory: Inventory, _ target: Version) -> [HoldReason] {
        guard settings.fleet != nil, let to = ReleaseNumber(target), ReleasePart.fleet.isGone(in: to),
            let last = ReleasePart.fleet.lastRelease
        else { return [] }
        let first = plan.hostsInTurn.first { planned in
            // A host that has fleet on a release without it has fleet from elsewhere, and keeps it.
            guard let facts = inventory.hosts[planned.id]?.value, let from = ReleaseNumber(facts.version)
            else { return false }
            return !ReleasePart.fleet.isGone(in: from)
        }
        return first.map { [.release(.releaseLacks(host: $0.id, part: .fleet, target: target, last: last))] }
            ?? []
    }

    private func forecastReasons(
        _ checkpoint: Checkpoint, of host: HostID, in inventory: Inventory, _ target: Version
    ) -> [HoldReason] {
        guard settings.etcd != nil, let facts = inventory.hosts[host]?.value, facts.version != target,
            let seat = inventory.seats[host]?.value
        else { return [] }
        switch seat {
        case .none: return []
        case .ancient(let server):
            return ancientReasons(host, server, facts, target)
        case .member(_, nil):
            return [.etcd(.etcdSeatUnknown(host: host, why: "its etcd does not say which version it is"))]
        case .member(_, let server?):
            return forecastReasons(checkpoint, host, server, facts, in: inventory, target)
        }
    }

    /// The reasons if the host's etcd is too old, and the target's image lacks it. Beyond that loss, only the age can
    /// be told, which is reported without a target, too.
    private func ancientReasons(
        _ host: HostID, _ server: String, _ facts: HostFacts, _ target: Version
    ) -> [HoldReason] {
        guard case .lacks(let part) = forecast(server, facts, learned: nil, target),
            let last = part.lastRelease
        else { return [] }
        return [.release(.releaseLacks(host: host, part: part, target: target, last: last))]
    }

    private func forecastReasons(
        _ checkpoint: Checkpoint, _ host: HostID, _ server: String, _ facts: HostFacts,
        in inventory: Inventory, _ target: Version
    ) -> [HoldReason] {
        let learned = learned(of: target, in: inventory)
        let differs = learned.flatMap { $0.value.flatMap { differing($0.server, on: $0.host) } } ?? []
        guard differs.isEmpty else { return differs }
        let forecast = forecast(server, facts, learned: learned?.value?.server, target)
        switch forecast {
        case .brings(let minor, _):
            return contradiction(host, facts, target)
                + jumpReasons(host, from: lowest(in: inventory, or: server), to: minor, facts, target)
        case .lacks(let part):
            return [
                .release(
                    .releaseLacks(
                        host: host, part: part, target: target, last: part.lastRelease ?? facts.version))
            ]
        case .apart, .unknown:
            // The host's agent looks into the partition once it is staged.
            if checkpoint == .beforeStage, facts.etcd != nil { return [] }
            // A host already on the target could tell, and was not heard.
            if case .unknown(let silence)? = learned { return [.etcd(.etcdUnknown(why: silence))] }
            guard let why = unknown(forecast, checkpoint, facts, target) else { return [] }
            return [.release(.etcdAfterUnknown(host: host, running: server, target: target, why: why))]
        }
    }

    /// Why the next etcd is unknown; nil if staging may still tell.
    private func unknown(
        _ forecast: EtcdForecast, _ checkpoint: Checkpoint, _ facts: HostFacts, _ target: Version
    ) -> String? {
        var reasons: [String] = []
        switch forecast {
        case .brings, .lacks: return nil
        case .apart:
            // Staging tells which etcd comes; that is judged before the reboot.
            guard checkpoint == .beforeReboot else { return nil }
            reasons.append("it is not the one that \(facts.version) brings")
        case .unknown(let why): reasons.append(why)
        }
        if checkpoint == .beforeReboot {
            let contents = facts.contents.flatMap { $0.version == target ? $0 : nil }
            reasons.append(
                contents == nil
                    ? "its agent did not look into the staged partition"
                    : "of the staged partition: "
                        + (contents?.etcd?.why ?? contents?.why ?? "nothing there says which etcd it starts"))
        }
        return reasons.joined(separator: "; ")
    }

    /// The operator says one thing, and the staged partition another.
    private func contradiction(_ host: HostID, _ facts: HostFacts, _ target: Version) -> [HoldReason] {
        guard let told = etcdAfter, let staged = facts.staged(for: target), let minor = staged.minor,
            EtcdMinor(told) != minor, let version = staged.version
        else { return [] }
        return [.release(.etcdStagedDiffers(host: host, staged: version, told: told, target: target))]
    }

    func forecast(
        _ server: String, _ facts: HostFacts, learned: String?, _ target: Version
    ) -> EtcdForecast {
        EtcdForecast(
            .init(
                running: server, on: facts.version, distribution: facts.distribution, target: target,
                told: etcdAfter, learned: learned, source: facts.etcd, staged: facts.staged(for: target)),
            releases: releases)
    }

    /// By the operator's word; what they say now counts before what they said when it was planned.
    var etcdAfter: String? { settings.etcd?.after ?? plan.etcdAfter }

    struct Learned: Hashable, Sendable {
        var host: HostID
        var server: String
    }

    /// The etcd of a host that runs the target already; nil where none was asked.
    func learned(of target: Version, in inventory: Inventory) -> Observation<Learned>? {
        var silence: Observation<Learned>?
        for planned in plan.hosts where inventory.hosts[planned.id]?.value?.version == target {
            switch inventory.seats[planned.id] {
            case .seen(.member(_, let server?))?, .seen(.ancient(let server))?:
                return .seen(Learned(host: planned.id, server: server))
            case .seen(.member(_, nil))?:
                silence = .unknown("that of '\(planned.id)' does not say which version it is")
            case .unknown(let why)?: silence = .unknown("that of '\(planned.id)': \(why)")
            case .seen(.none)?, nil: continue
            }
        }
        return silence
    }

    func differing(_ server: String, on host: HostID) -> [HoldReason]? {
        guard let told = etcdAfter, EtcdMinor(told) != EtcdMinor(server) else { return nil }
        return [.release(.etcdDiffers(host: host, found: server, told: told))]
    }
}

extension HostFacts {
    /// How etcd will be started from the partition that is staged with a release; nil where that is not told.
    func staged(for target: Version) -> EtcdSource? {
        guard let contents, contents.version == target else { return nil }
        return contents.etcd
    }
}
