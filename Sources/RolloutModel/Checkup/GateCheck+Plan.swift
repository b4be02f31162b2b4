/// The input of the gates.
extension GateCheck {
    /// The members of etcd with the hosts that they run on.
    var named: Inventory {
        var inventory = inventory
        for (witness, observation) in inventory.etcd {
            guard case .seen(var view) = observation else { continue }
            for index in view.members.indices { view.members[index].host = home(of: view.members[index]) }
            inventory.etcd[witness] = .seen(view)
        }
        return inventory
    }

    private func home(of member: EtcdView.Member) -> HostID? {
        inventory.seats.first { _, seat in
            if case .seen(.member(member.id, _)) = seat { true } else { false }
        }?.key ?? hosts.first { $0.machine.rawValue == member.name || $0.id.rawValue == member.name }?.id
            ?? away.map(\.host).first { $0.rawValue == member.name }
    }

    /// The hosts that are away, and may have a member that nobody can say the host of.
    private var mayHaveAMember: [HostID] {
        let known = Set(named.etcdViews.flatMap { $0.view.members.compactMap(\.host) })
        return away.map(\.host).filter { !known.contains($0) }
    }

    /// The hosts that are away and may be behind a reason about no host; empty if it has another cause, too.
    func mayBeBehind(_ reason: HoldReason) -> [HostID] {
        switch reason {
        case .etcd(.etcdMemberUnhealthy(_, _, _, nil)), .etcd(.etcdMemberUnknown(_, _, _, nil)):
            let candidates = mayHaveAMember
            let homeless = named.etcdViews.map { each in
                each.view.members.count { !$0.isLearner && $0.host == nil && $0.health != .healthy }
            }
            return (homeless.max() ?? 0) <= candidates.count ? candidates : []
        // Only a host's own agent tells which server is its own.
        case .consul(.consulServerDown(_, _, _, nil)): return away.map(\.host)
        default: return []
        }
    }

    /// No rollout has this name.
    var plan: Plan {
        Plan(
            rollout: RolloutID("doctor"), hosts: hosts, bystanders: nil, order: .given, target: .firstOffer,
            found: nil,
            group: nil, server: nil, engineRest: .masked, commit: .engine, deadManMinutes: nil,
            onFailure: .hold, retryReverted: false, acceptsNoReturn: true, movesLeader: false,
            etcdAfter: nil, units: nil, deis: nil, nodes: nil, overrides: [], purpose: .upgrade,
            stopAfter: nil, operatorName: "", createdAt: "")
    }
}
