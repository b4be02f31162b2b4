/// Every member of etcd healthy, and a quorum left without a host. The gate needs no plan.
struct EtcdGate {
    var hosts: [HostID]
    var settings: GateSettings.Etcd
    /// Members of hosts that a person declared lost.
    var lostMembers: Set<EtcdMemberID> = []

    /// Every member healthy in several samples in a row, and a quorum of healthy voters left without this host.
    func holds(_ checkpoint: Checkpoint, of host: HostID, history: [Inventory]) -> [EtcdHold] {
        guard let latest = history.last else { return [] }
        func unwhole(_ inventory: Inventory) -> [EtcdHold] {
            unhealthy(in: inventory, except: checkpoint == .beforeRollback ? host : nil)
        }
        let final = lasting(checkpoint, of: host, in: latest)
        guard final.isEmpty else { return final }
        let now = unwhole(latest)
        guard now.isEmpty else { return now }
        let whole = history.suffix(settings.samples).reversed().prefix { unwhole($0).isEmpty }.count
        guard whole >= settings.samples else {
            return [.etcdUnsteady(samples: whole, needed: settings.samples)]
        }
        switch checkpoint {
        case .beforeStage, .beforeReboot: return quorum(without: host, in: latest)
        case .beforeRollback: return retreatQuorum(without: host, in: latest)
        case .beforeCommit, .afterCommit, .afterRollback: return []
        }
    }

    /// No waiting mends these: they are said at once.
    private func lasting(_ checkpoint: Checkpoint, of host: HostID, in inventory: Inventory) -> [EtcdHold] {
        let shared = sharedSeats(in: inventory)
        guard shared.isEmpty else { return shared }
        switch checkpoint {
        case .beforeStage, .beforeReboot:
            guard case .seen(.ancient(let server))? = inventory.seats[host] else { return [] }
            return [.etcdTooOld(host: host, etcd: server)]
        case .beforeCommit, .afterCommit, .beforeRollback, .afterRollback: return []
        }
    }

    /// A member runs on one host. Where several have it for their own, they were asked where only one of them is, and what
    /// was heard of any of them may be another's.
    func sharedSeats(in inventory: Inventory) -> [EtcdHold] {
        var hosts: [EtcdMemberID: [HostID]] = [:]
        for (host, seat) in inventory.seats {
            if case .seen(.member(let member, _)) = seat { hosts[member, default: []].append(host) }
        }
        return hosts.filter { $0.value.count > 1 }
            .map { .etcdSeatShared(hosts: $0.value.sorted(), member: $0.key) }
            .sorted { $0.says < $1.says }
    }

    /// A learner has no vote, and answers no question that needs one.
    ///
    /// - Parameter host: whose own member is not asked for.
    private func unhealthy(in inventory: Inventory, except host: HostID?) -> [EtcdHold] {
        let views = inventory.etcd.sorted { $0.key < $1.key }
        guard !views.isEmpty else { return unasked(in: inventory) }
        return views.flatMap { witness, view -> [EtcdHold] in
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
    private func unasked(in inventory: Inventory) -> [EtcdHold] {
        let seats = hosts.map { inventory.seats[$0] }
        guard !seats.isEmpty, seats.allSatisfy({ $0 == .seen(.none) }) else {
            return [.etcdUnknown(why: "no host was asked")]
        }
        return [.etcdNowhere(hosts: hosts)]
    }

    /// The member on a host. Where the host's own etcd is silent, and exactly one member is unhealthy, it is that one.
    func seat(of host: HostID, in inventory: Inventory, _ view: EtcdView) -> EtcdMemberID? {
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
}
