/// The gates that need no plan, as the plan's hosts and the settings make them; nil where a gate is off.
extension Gates {
    private var hosts: [ClusterHost] { plan.hosts.map { ClusterHost(id: $0.id, machine: $0.machine) } }

    var fleet: FleetGate? {
        settings.fleet.map {
            FleetGate(hosts: hosts, settings: $0, trustsSettings: overridden.contains(.fleetTTL))
        }
    }

    var etcd: EtcdGate? {
        settings.etcd.map {
            EtcdGate(hosts: plan.hosts.map(\.id), settings: $0, lostMembers: lostMembers)
        }
    }

    var nodes: NodeGate? {
        guard settings.asksForNodes else { return nil }
        return NodeGate(hosts: hosts, rollout: plan.rollout, drained: drained)
    }

    var window: WindowGate? { settings.windows.map { WindowGate(settings: $0) } }

    /// The components that Deis ran when the plan was made are part of the plan.
    var deis: DeisGate? { settings.waitsForDeis ? plan.deis.map { DeisGate(before: $0) } : nil }
}
