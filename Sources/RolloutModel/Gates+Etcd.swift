extension Gates {
    /// Every member healthy in several samples in a row, and a quorum of healthy voters left without this host.
    func etcdReasons(_ checkpoint: Checkpoint, of host: HostID, history: [Inventory], samples: Int)
        -> [HoldReason]
    {
        guard let latest = history.last else { return [] }
        func unwhole(_ inventory: Inventory) -> [HoldReason] {
            unhealthy(in: inventory, except: checkpoint == .beforeRollback ? host : nil)
        }
        let final = finalReasons(checkpoint, of: host, in: latest)
        guard final.isEmpty else { return final }
        let now = unwhole(latest)
        guard now.isEmpty else { return now }
        let whole = history.suffix(samples).reversed().prefix { unwhole($0).isEmpty }.count
        guard whole >= samples else { return [.etcdUnsteady(samples: whole, needed: samples)] }
        switch checkpoint {
        case .beforeStage, .beforeReboot: return quorumReasons(without: host, in: latest)
        case .beforeRollback: return retreatQuorumReasons(without: host, in: latest)
        case .beforeCommit, .afterCommit, .afterRollback: return []
        }
    }

    /// What no waiting mends is said at once.
    private func finalReasons(_ checkpoint: Checkpoint, of host: HostID, in inventory: Inventory)
        -> [HoldReason]
    {
        switch checkpoint {
        case .beforeRollback: return downgradeReasons(of: host, in: inventory)
        case .beforeStage, .beforeReboot:
            guard case .seen(.ancient(let server))? = inventory.seats[host] else { return [] }
            return [.etcdTooOld(host: host, etcd: server)]
        case .beforeCommit, .afterCommit, .afterRollback: return []
        }
    }

    /// A learner has no vote, and answers no question that needs one.
    ///
    /// - Parameter host: whose own member is not asked for.
    private func unhealthy(in inventory: Inventory, except host: HostID?) -> [HoldReason] {
        let views = inventory.etcd.sorted { $0.key < $1.key }
        guard !views.isEmpty else { return [.etcdUnknown(why: "no host was asked")] }
        return views.flatMap { witness, view -> [HoldReason] in
            switch view {
            case .unknown(let why):
                return [
                    .etcdUnknown(why: why, through: witness, trouble: inventory.etcdTroubles[witness])
                ]
            case .seen(let view) where view.members.isEmpty:
                return [.etcdUnknown(why: "it lists no members", through: witness)]
            case .seen(let view):
                let own = host.flatMap { seat(of: $0, in: inventory, view) }
                return view.members.filter { !$0.isLearner }.compactMap { member in
                    guard case .unhealthy(let why) = member.health, member.id != own else { return nil }
                    return .etcdMemberUnhealthy(
                        member: member.name, seenBy: witness, why: why, on: member.host)
                }
            }
        }
    }

    /// The member on a host. Where the host's own etcd is silent, and exactly one member is unhealthy, it is that one.
    private func seat(of host: HostID, in inventory: Inventory, _ view: EtcdView) -> EtcdMemberID? {
        switch inventory.seats[host] ?? .unknown("not asked") {
        case .seen(.member(let seat, _)): return seat
        case .seen(.none), .seen(.ancient): return nil
        case .unknown:
            let silent = view.members.filter { !$0.isLearner && $0.health != .healthy }
            return silent.count == 1 ? silent.first?.id : nil
        }
    }

    private func quorumReasons(without host: HostID, in inventory: Inventory) -> [HoldReason] {
        switch inventory.seats[host] ?? .unknown("not asked") {
        case .unknown(let why):
            return [.etcdSeatUnknown(host: host, why: why)]
        // What is to be said of 0.4 is said with the releases.
        case .seen(.none), .seen(.ancient):
            return []
        case .seen(.member(let seat, _)):
            return views(in: inventory).flatMap { quorumReasons(host, seat: seat, in: $1, seenBy: $0) }
        }
    }

    /// What counts is that the others can do without it: it may be out of the quorum already.
    private func retreatQuorumReasons(without host: HostID, in inventory: Inventory) -> [HoldReason] {
        views(in: inventory).flatMap { witness, view -> [HoldReason] in
            guard let seat = seat(of: host, in: inventory, view) else {
                return quorumReasons(without: host, in: inventory)
            }
            return quorumReasons(host, seat: seat, in: view, seenBy: witness)
        }
    }

    private func views(in inventory: Inventory) -> [(witness: HostID, view: EtcdView)] {
        inventory.etcd.sorted { $0.key < $1.key }
            .compactMap { witness, view in view.value.map { (witness, $0) } }
    }

    private func quorumReasons(
        _ host: HostID, seat: EtcdMemberID, in view: EtcdView, seenBy witness: HostID
    )
        -> [HoldReason]
    {
        guard let member = view.members.first(where: { $0.id == seat }) else {
            return [.etcdSeatUnknown(host: host, why: "its member \(seat) is not among those listed")]
        }
        guard !member.isLearner else { return [] }
        let voters = view.members.filter { !$0.isLearner }
        let left = voters.count { $0.id != seat && $0.health == .healthy }
        let votes = Quorum(voters: voters.count).votes
        guard left < votes else { return [] }
        return [
            .quorumWouldBreak(
                host: host, healthyWithout: left, votesNeeded: votes, voters: voters.count, seenBy: witness)
        ]
    }

    /// A member whose etcd is older than the cluster version does not start (facts 6.3).
    private func downgradeReasons(of host: HostID, in inventory: Inventory) -> [HoldReason] {
        if case .seen(.none)? = inventory.seats[host] { return [] }
        // Who cannot be asked now is waited for by the other gates.
        guard case .seen(let facts)? = inventory.hosts[host],
            let view = inventory.etcd.values.compactMap(\.value).first
        else { return [] }
        guard let before = facts.etcdBefore, let old = EtcdMinor(before) else {
            let why = "its agent was not told which etcd ran there before the update"
            return [.etcdBeforeUnknown(host: host, why: why)]
        }
        guard let cluster = view.clusterVersion.flatMap({ EtcdMinor($0) }) else {
            return [.etcdUnknown(why: "the cluster version, which a way back depends on, is not decided")]
        }
        guard old < cluster else { return [] }
        return [
            .pastReturn(
                host: host, etcd: old.description, cluster: cluster.description,
                partition: facts.otherPartition ?? "its other partition")
        ]
    }
}
