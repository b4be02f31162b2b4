extension Gates {
    /// Two points from which there is no way back: for this host, where its member's data directory will not be read by the
    /// old etcd any more; and for every host, with the last member of the old minor version: then the cluster version
    /// rises, and no old etcd starts any more (facts 6.3, "consequence").
    func noReturnReasons(_ checkpoint: Checkpoint, of host: HostID, in inventory: Inventory) -> [HoldReason] {
        guard !acceptsNoReturn, settings.etcd != nil, let target,
            checkpoint == .beforeStage || checkpoint == .beforeReboot,
            let facts = inventory.hosts[host]?.value, facts.version != target,
            case .seen(.member(let seat, let server?))? = inventory.seats[host],
            let old = EtcdMinor(server), let view = inventory.etcd.values.lazy.compactMap(\.value).first
        else { return [] }
        var new: EtcdMinor?
        let learned = learned(of: target, in: inventory)?.value?.server
        if case .brings(let minor, _) = forecast(server, facts, learned: learned, target) { new = minor }
        // Staging tells which etcd comes. The person is asked before the reboot.
        if new == nil, checkpoint == .beforeStage, facts.etcd != nil { return [] }
        if let new, new > old, EtcdWayBack(to: old, from: new) != .open {
            return [
                .noReturn(
                    .memberPointOfNoReturn(
                        host: host, from: old.description, to: new.description,
                        wasTried: EtcdWayBack(to: old, from: new) == .closed))
            ]
        }
        return clusterReasons(of: host, seat, from: old, to: new, in: view)
    }

    /// True unless the old etcd is known not to start any more, or may not, after the host went back by itself.
    public func memberGoesBack(_ host: HostID, in inventory: Inventory) -> Bool {
        guard settings.etcd != nil, let target, let facts = inventory.hosts[host]?.value,
            case .seen(.member(_, let server?))? = inventory.seats[host], let old = EtcdMinor(server),
            case .brings(let new, _) = forecast(
                server, facts, learned: learned(of: target, in: inventory)?.value?.server, target)
        else { return true }
        return EtcdWayBack(to: old, from: new) == .open
    }

    private func clusterReasons(
        of host: HostID, _ seat: EtcdMemberID, from old: EtcdMinor, to new: EtcdMinor?, in view: EtcdView
    ) -> [HoldReason] {
        // An unknown etcd may be newer.
        guard new.map({ $0 > old }) ?? true else { return [] }
        let others = view.members.filter { $0.id != seat }
        let known = others.compactMap { $0.version.flatMap { EtcdMinor($0) } }
        guard !others.isEmpty, !known.contains(where: { $0 <= old }) else { return [] }
        // A learner without a version does not hold the rollout.
        if let silent = others.first(where: { !$0.isLearner && $0.version.flatMap { EtcdMinor($0) } == nil })
        {
            return [
                .etcd(
                    .etcdUnknown(
                        why: "\(silent.shown) does not say which version it is", through: silent.host))
            ]
        }
        return [.noReturn(.pointOfNoReturn(host: host, from: old.description, to: new?.description))]
    }
}
