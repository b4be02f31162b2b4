extension Gates {
    /// Every member healthy in several samples in a row, and a quorum of healthy voters left without this host.
    func etcdReasons(_ checkpoint: Checkpoint, of host: HostID, history: [Inventory], samples: Int)
        -> [HoldReason]
    {
        guard let latest = history.last else { return [] }
        let now = unhealthy(in: latest)
        guard now.isEmpty else { return now }
        let whole = history.reversed().prefix { unhealthy(in: $0).isEmpty }.count
        guard whole >= samples else { return [.etcdUnsteady(samples: whole, needed: samples)] }
        switch checkpoint {
        case .beforeStage, .beforeReboot: return quorumReasons(without: host, in: latest)
        case .beforeCommit, .afterCommit: return []
        }
    }

    private func unhealthy(in inventory: Inventory) -> [HoldReason] {
        let views = inventory.etcd.sorted { $0.key < $1.key }
        guard !views.isEmpty else { return [.etcdUnknown(why: "no host was asked")] }
        return views.flatMap { witness, view -> [HoldReason] in
            switch view {
            case .unknown(let why):
                return [.etcdUnknown(why: "through '\(witness)': \(why)")]
            case .seen(let view) where view.members.isEmpty:
                return [.etcdUnknown(why: "through '\(witness)': it lists no members")]
            case .seen(let view):
                return view.members.compactMap { member in
                    guard case .unhealthy(let why) = member.health else { return nil }
                    return .etcdMemberUnhealthy(member: member.name, why: why)
                }
            }
        }
    }

    private func quorumReasons(without host: HostID, in inventory: Inventory) -> [HoldReason] {
        switch inventory.seats[host] ?? .unknown("not asked") {
        case .unknown(let why):
            return [.etcdSeatUnknown(host: host, why: why)]
        case .seen(.none):
            return []
        case .seen(.member(let seat)):
            return inventory.etcd.values.compactMap(\.value).flatMap {
                quorumReasons(host, seat: seat, in: $0)
            }
        }
    }

    private func quorumReasons(_ host: HostID, seat: EtcdMemberID, in view: EtcdView) -> [HoldReason] {
        guard let member = view.members.first(where: { $0.id == seat }) else {
            return [.etcdSeatUnknown(host: host, why: "its member \(seat) is not among those listed")]
        }
        guard !member.isLearner else { return [] }
        let voters = view.members.filter { !$0.isLearner }
        let left = voters.count { $0.id != seat && $0.health == .healthy }
        let votes = Quorum(voters: voters.count).votes
        guard left < votes else { return [] }
        return [.quorumWouldBreak(host: host, healthyWithout: left, votesNeeded: votes, voters: voters.count)]
    }
}
