/// The input of the gates.
extension GateCheck {
    /// The members of etcd with the hosts that they run on.
    var named: Inventory {
        var inventory = inventory
        for (witness, observation) in inventory.etcd {
            guard case .seen(var view) = observation else { continue }
            var rest = away[...]
            for index in view.members.indices {
                let member = view.members[index]
                // A host that is away cannot be asked which member it has.
                view.members[index].host =
                    home(of: member) ?? (member.health == .healthy ? nil : rest.popFirst())
            }
            inventory.etcd[witness] = .seen(view)
        }
        return inventory
    }

    private func home(of member: EtcdView.Member) -> HostID? {
        inventory.seats.first { _, seat in
            if case .seen(.member(member.id, _)) = seat { true } else { false }
        }?.key ?? hosts.first { $0.machine.rawValue == member.name || $0.id.rawValue == member.name }?.id
    }

    /// No rollout has this name.
    var plan: Plan {
        Plan(
            rollout: RolloutID("doctor"), hosts: hosts, order: .given, target: .firstOffer, found: nil,
            group: nil, server: nil, engineRest: .masked, commit: .engine, deadManMinutes: nil,
            onFailure: .hold, retryReverted: false, acceptsNoReturn: true, movesLeader: false,
            etcdAfter: nil, units: nil, deis: nil, nodes: nil, overrides: [], purpose: .upgrade,
            stopAfter: nil, operatorName: "", createdAt: "")
    }
}
