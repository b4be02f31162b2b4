/// Whether what the cluster runs goes together with the release it is taken to.
extension Gates {
    /// Before a host goes: what its image would take away, and which etcd it would bring. Once it is back: which it
    /// brought.
    func releaseReasons(_ checkpoint: Checkpoint, of host: HostID, in inventory: Inventory) -> [HoldReason] {
        guard let target else { return [] }
        switch checkpoint {
        case .beforeStage, .beforeReboot:
            return fleetReasons(in: inventory, target) + forecastReasons(of: host, in: inventory, target)
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
        let first = plan.hosts.first { planned in
            // Whoever has fleet on a release without it has it from elsewhere, and keeps it.
            guard let facts = inventory.hosts[planned.id]?.value, let from = ReleaseNumber(facts.version)
            else { return false }
            return !ReleasePart.fleet.isGone(in: from)
        }
        return first.map { [.releaseLacks(host: $0.id, part: .fleet, target: target, last: last)] } ?? []
    }

    private func forecastReasons(
        of host: HostID, in inventory: Inventory, _ target: Version
    ) -> [HoldReason] {
        guard settings.etcd != nil, let facts = inventory.hosts[host]?.value, facts.version != target,
            let seat = inventory.seats[host]?.value
        else { return [] }
        switch seat {
        case .none: return []
        case .ancient(let server):
            return ancientReasons(host, server, facts, target)
        case .member(_, nil):
            return [.etcdSeatUnknown(host: host, why: "its etcd does not say which version it is")]
        case .member(_, let server?):
            return forecastReasons(host, server, facts, in: inventory, target)
        }
    }

    /// That it is too old is said without a target, too. Beyond that, all that can be told is whether it goes away.
    private func ancientReasons(
        _ host: HostID, _ server: String, _ facts: HostFacts, _ target: Version
    ) -> [HoldReason] {
        guard case .lacks(let part) = forecast(server, facts, learned: nil, target),
            let last = part.lastRelease
        else { return [] }
        return [.releaseLacks(host: host, part: part, target: target, last: last)]
    }

    private func forecastReasons(
        _ host: HostID, _ server: String, _ facts: HostFacts, in inventory: Inventory, _ target: Version
    ) -> [HoldReason] {
        let learned = learned(of: target, in: inventory)
        let differs = learned.flatMap { $0.value.flatMap { differing($0.server, on: $0.host) } } ?? []
        guard differs.isEmpty else { return differs }
        let forecast = forecast(server, facts, learned: learned?.value?.server, target)
        switch forecast {
        case .brings(let minor, _):
            return jumpReasons(host, from: lowest(in: inventory, or: server), to: minor, facts, target)
        case .lacks(let part):
            return [
                .releaseLacks(host: host, part: part, target: target, last: part.lastRelease ?? facts.version)
            ]
        case .apart:
            return []
        case .unknown(let why):
            // There is a host that could tell.
            if case .unknown(let silence)? = learned { return [.etcdUnknown(why: silence)] }
            return [.etcdAfterUnknown(host: host, running: server, target: target, why: why)]
        }
    }

    func forecast(
        _ server: String, _ facts: HostFacts, learned: String?, _ target: Version
    ) -> EtcdForecast {
        EtcdForecast(
            .init(
                running: server, on: facts.version, distribution: facts.distribution, target: target,
                told: etcdAfter, learned: learned), releases: releases)
    }

    /// By the operator's word; what they say now counts before what they said when it was planned.
    private var etcdAfter: String? { settings.etcd?.after ?? plan.etcdAfter }

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
        return [.etcdDiffers(host: host, found: server, told: told)]
    }
}
