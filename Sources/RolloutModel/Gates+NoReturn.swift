extension Gates {
    /// The last member of the old minor version: once it is upgraded the cluster version rises, and no old etcd starts any
    /// more (facts 6.3, "consequence").
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
        // Where nobody knows what comes, it may be newer.
        guard new.map({ $0 > old }) ?? true else { return [] }
        let others = view.members.filter { $0.id != seat }
        let known = others.compactMap { $0.version.flatMap { EtcdMinor($0) } }
        guard !others.isEmpty, !known.contains(where: { $0 <= old }) else { return [] }
        // A learner holds nobody.
        if let silent = others.first(where: { !$0.isLearner && $0.version.flatMap { EtcdMinor($0) } == nil })
        {
            return [
                .etcdUnknown(why: "\(silent.shown) does not say which version it is", through: silent.host)
            ]
        }
        return [.pointOfNoReturn(host: host, from: old.description, to: new?.description)]
    }
}
