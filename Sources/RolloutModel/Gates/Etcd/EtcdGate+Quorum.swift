extension EtcdGate {
    func quorum(without host: HostID, in inventory: Inventory) -> [EtcdHold] {
        switch inventory.seats[host] ?? .unknown("not asked") {
        case .unknown(let why):
            return [.etcdSeatUnknown(host: host, why: why)]
        // The gate for releases reports etcd 0.4.
        case .seen(.none), .seen(.ancient):
            return []
        case .seen(.member(let seat, _)):
            return inventory.etcdViews.flatMap { quorum(host, seat: seat, in: $1, seenBy: $0) }
        }
    }

    /// Holds if the other members cannot form a quorum; the host's own member may be out of it already.
    func retreatQuorum(without host: HostID, in inventory: Inventory) -> [EtcdHold] {
        guard !inventory.hasLeftEtcd(host) else { return [] }
        return inventory.etcdViews.flatMap { witness, view -> [EtcdHold] in
            guard let seat = seat(of: host, in: inventory, view) else {
                return quorum(without: host, in: inventory)
            }
            return quorum(host, seat: seat, in: view, seenBy: witness)
        }
    }

    private func quorum(
        _ host: HostID, seat: EtcdMemberID, in view: EtcdView, seenBy witness: HostID
    )
        -> [EtcdHold]
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
}
