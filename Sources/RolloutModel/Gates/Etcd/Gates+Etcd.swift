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
        // Nothing else can be whole before it is gone.
        guard checkpoint != .beforeRollback || !isCause(host, in: latest) else { return [] }
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
        let shared = sharedSeatReasons(in: inventory)
        guard shared.isEmpty else { return shared }
        switch checkpoint {
        case .beforeRollback: return downgradeReasons(of: host, in: inventory)
        case .beforeStage, .beforeReboot:
            guard case .seen(.ancient(let server))? = inventory.seats[host] else { return [] }
            return [.etcdTooOld(host: host, etcd: server)]
        case .beforeCommit, .afterCommit, .afterRollback: return []
        }
    }

    /// A member runs on one host. Where several have it for their own, they were asked where only one of them is, and what
    /// was heard of any of them may be another's.
    private func sharedSeatReasons(in inventory: Inventory) -> [HoldReason] {
        var hosts: [EtcdMemberID: [HostID]] = [:]
        for (host, seat) in inventory.seats {
            if case .seen(.member(let member, _)) = seat { hosts[member, default: []].append(host) }
        }
        return hosts.filter { $0.value.count > 1 }
            .map { .etcdSeatShared(hosts: $0.value.sorted(), member: $0.key) }
            .sorted { $0.description < $1.description }
    }

    /// A learner has no vote, and answers no question that needs one.
    ///
    /// - Parameter host: whose own member is not asked for.
    private func unhealthy(in inventory: Inventory, except host: HostID?) -> [HoldReason] {
        let views = inventory.etcd.sorted { $0.key < $1.key }
        guard !views.isEmpty else { return unasked(in: inventory) }
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
                return view.members.filter {
                    !$0.isLearner && $0.id != own && !lostMembers.contains($0.id)
                }.compactMap { member in
                    switch member.health {
                    case .healthy: nil
                    case .unhealthy(let why):
                        .etcdMemberUnhealthy(
                            member: member.name, seenBy: witness, why: why, on: member.host)
                    case .unknown(let why):
                        .etcdMemberUnknown(
                            member: member.name, seenBy: witness, why: why, on: member.host)
                    }
                }
            }
        }
    }

    /// The reason why no host was asked about etcd: no member runs on any of them, or nothing is known of them.
    private func unasked(in inventory: Inventory) -> [HoldReason] {
        let seats = plan.hosts.map { inventory.seats[$0.id] }
        guard !seats.isEmpty, seats.allSatisfy({ $0 == .seen(.none) }) else {
            return [.etcdUnknown(why: "no host was asked")]
        }
        return [.etcdNowhere(hosts: plan.hosts.map(\.id))]
    }

    /// The member on a host. Where the host's own etcd is silent, and exactly one member is unhealthy, it is that one.
    private func seat(of host: HostID, in inventory: Inventory, _ view: EtcdView) -> EtcdMemberID? {
        switch inventory.seats[host] ?? .unknown("not asked") {
        case .seen(.member(let seat, _)): return seat
        case .seen(.none), .seen(.ancient): return nil
        case .unknown:
            let silent = view.members.filter {
                !$0.isLearner && $0.health != .healthy && !lostMembers.contains($0.id)
            }
            return silent.count == 1 ? silent.first?.id : nil
        }
    }

    private func quorumReasons(without host: HostID, in inventory: Inventory) -> [HoldReason] {
        switch inventory.seats[host] ?? .unknown("not asked") {
        case .unknown(let why):
            return [.etcdSeatUnknown(host: host, why: why)]
        // The gate for releases reports etcd 0.4.
        case .seen(.none), .seen(.ancient):
            return []
        case .seen(.member(let seat, _)):
            return views(in: inventory).flatMap { quorumReasons(host, seat: seat, in: $1, seenBy: $0) }
        }
    }

    /// Holds if the other members cannot form a quorum; the host's own member may be out of it already.
    private func retreatQuorumReasons(without host: HostID, in inventory: Inventory) -> [HoldReason] {
        guard !hasLeft(host, in: inventory) else { return [] }
        return views(in: inventory).flatMap { witness, view -> [HoldReason] in
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

    /// A member whose etcd is older than the cluster version does not start (facts 6.3); nor does one that cannot read what
    /// the newer one made of its data directory.
    func downgradeReasons(of host: HostID, in inventory: Inventory) -> [HoldReason] {
        if case .seen(.none)? = inventory.seats[host] { return [] }
        // A member that is made anew afterwards brings no data.
        guard !hasLeft(host, in: inventory) else { return [] }
        // The other gates wait for a host that cannot be asked now.
        guard case .seen(let facts)? = inventory.hosts[host] else { return [] }
        let view = inventory.etcd.values.compactMap(\.value).first
        guard view != nil || isCause(host, in: inventory) else { return [] }
        guard let before = facts.etcdBefore, let old = EtcdMinor(before) else {
            let why = "its agent was not told which etcd ran there before the update"
            return [.etcdBeforeUnknown(host: host, why: why)]
        }
        let member = memberReasons(of: host, facts, to: old, in: inventory)
        guard member.isEmpty, let view else { return member }
        guard let cluster = view.clusterVersion.flatMap({ EtcdMinor($0) }) else {
            // Members of 2.0 and 2.1 together decide no version (facts 0.46), so a host that broke etcd raised none.
            return isCause(host, in: inventory)
                ? [] : [.etcdUnknown(why: "the cluster version, which a way back depends on, is not decided")]
        }
        guard old < cluster else { return [] }
        return [
            .pastReturn(
                host: host, etcd: old.description, cluster: cluster.description,
                partition: facts.otherPartition ?? "its other partition")
        ]
    }

    /// True if the host's member was removed and its etcd is stopped: its agent finds no service that runs etcd, and
    /// all remaining voters are healthy.
    private func hasLeft(_ host: HostID, in inventory: Inventory) -> Bool {
        guard case .unknown? = inventory.seats[host], inventory.hosts[host]?.value?.etcd?.unit == "" else {
            return false
        }
        let seen = views(in: inventory)
        return !seen.isEmpty
            && seen.allSatisfy { _, view in
                !view.members.isEmpty && view.members.allSatisfy { $0.isLearner || $0.health == .healthy }
            }
    }

    /// Holds if the old etcd does not start on the data directory as the new one left it.
    private func memberReasons(
        of host: HostID, _ facts: HostFacts, to old: EtcdMinor, in inventory: Inventory
    ) -> [HoldReason] {
        guard let new = since(host, facts, in: inventory) else {
            let why = "its etcd is silent, and nothing tells which one came with \(facts.version)"
            return [.etcdSinceUnknown(host: host, why: why)]
        }
        let wayBack = EtcdWayBack(to: old, from: new)
        guard wayBack != .open else { return [] }
        var member: EtcdMemberID?
        if case .seen(.member(let id, _))? = inventory.seats[host] { member = id }
        return [
            .memberPastReturn(
                host: host, etcd: old.description, since: new.description, wasTried: wayBack == .closed,
                member: member, partition: facts.otherPartition ?? "its other partition")
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
        return views(in: inventory).allSatisfy { _, view in
            guard case .seen(.member(let seat, _))? = inventory.seats[host] else {
                return view.members.contains { !$0.isLearner && $0.health != .healthy }
            }
            return view.members.first { $0.id == seat }.map { $0.health != .healthy } ?? true
        }
    }
}
