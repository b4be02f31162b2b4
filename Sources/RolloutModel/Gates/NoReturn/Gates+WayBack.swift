/// The conditions for a host to go back: its old etcd must start again, on its member's data and in its cluster.
extension Gates {
    /// etcd's own gate, and before a rollback also whether the host's old etcd would start again.
    func etcdReasons(
        _ checkpoint: Checkpoint, of host: HostID, history: [Inventory], _ etcd: EtcdGate
    ) -> [HoldReason] {
        guard let latest = history.last else { return [] }
        if checkpoint == .beforeRollback, etcd.sharedSeats(in: latest).isEmpty {
            let closed = downgradeReasons(of: host, in: latest)
            guard closed.isEmpty else { return closed }
            // etcd cannot be whole before the host that broke it is rolled back.
            guard !isCause(host, in: latest) else { return [] }
        }
        return etcd.holds(checkpoint, of: host, history: history).map(HoldReason.etcd)
    }

    /// A member whose etcd is older than the cluster version does not start (facts 6.3); nor does one that cannot read what
    /// the newer one made of its data directory.
    func downgradeReasons(of host: HostID, in inventory: Inventory) -> [HoldReason] {
        if case .seen(.none)? = inventory.seats[host] { return [] }
        // A member that is made anew afterwards brings no data.
        guard !inventory.hasLeftEtcd(host) else { return [] }
        // The other gates wait for a host that cannot be asked now.
        guard case .seen(let facts)? = inventory.hosts[host] else { return [] }
        let view = inventory.etcd.values.compactMap(\.value).first
        guard view != nil || isCause(host, in: inventory) else { return [] }
        guard let before = facts.etcdBefore, let old = EtcdMinor(before) else {
            let why = "its agent was not told which etcd ran there before the update"
            return [.noReturn(.etcdBeforeUnknown(host: host, why: why))]
        }
        let member = memberReasons(of: host, facts, to: old, in: inventory)
        guard member.isEmpty, let view else { return member }
        guard let cluster = view.clusterVersion.flatMap({ EtcdMinor($0) }) else {
            // Members of 2.0 and 2.1 together decide no version (facts 0.46), so a host that broke etcd raised none.
            return isCause(host, in: inventory)
                ? []
                : [
                    .etcd(
                        .etcdUnknown(why: "the cluster version, which a way back depends on, is not decided"))
                ]
        }
        guard old < cluster else { return [] }
        return [
            .noReturn(
                .pastReturn(
                    host: host, etcd: old.description, cluster: cluster.description,
                    partition: facts.otherPartition ?? "its other partition"))
        ]
    }

    /// Holds if the old etcd does not start on the data directory as the new one left it.
    private func memberReasons(
        of host: HostID, _ facts: HostFacts, to old: EtcdMinor, in inventory: Inventory
    ) -> [HoldReason] {
        guard let new = since(host, facts, in: inventory) else {
            let why = "its etcd is silent, and nothing tells which one came with \(facts.version)"
            return [.noReturn(.etcdSinceUnknown(host: host, why: why))]
        }
        let wayBack = EtcdWayBack(to: old, from: new)
        guard wayBack != .open else { return [] }
        var member: EtcdMemberID?
        if case .seen(.member(let id, _))? = inventory.seats[host] { member = id }
        return [
            .noReturn(
                .memberPastReturn(
                    host: host, etcd: old.description, since: new.description, wasTried: wayBack == .closed,
                    member: member, partition: facts.otherPartition ?? "its other partition"))
        ]
    }

    /// True if this host's new etcd keeps the cluster from being healthy: it took a step that etcd's rules forbid, and
    /// its own member is unhealthy. Rolling the host back costs etcd nothing and mends it (facts 0.45: every member of
    /// 2.0 ends itself when one of 2.2 joins).
    func isCause(_ host: HostID, in inventory: Inventory) -> Bool {
        guard let facts = inventory.hosts[host]?.value, let step = step(of: host, facts, in: inventory),
            let old = before(facts), old < step.to, step.from < step.to,
            EtcdCompatibility.isForbidden(from: step.from, to: step.to) != nil
        else { return false }
        // A healthy member is not the cause: the others count on its vote.
        return inventory.etcdViews.allSatisfy { _, view in
            guard case .seen(.member(let seat, _))? = inventory.seats[host] else {
                return view.members.contains { !$0.isLearner && $0.health != .healthy }
            }
            return view.members.first { $0.id == seat }.map { $0.health != .healthy } ?? true
        }
    }
}
