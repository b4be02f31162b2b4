/// The gates that need no plan, as the plan's hosts and the settings make them; nil where a gate is off.
extension Gates {
    /// The reasons of those that have nothing to do with other gates.
    func apartReasons(
        _ checkpoint: Checkpoint, of host: HostID, history: [Inventory]
    ) -> [HoldReason] {
        guard let latest = history.last else { return [] }
        let nodes = nodes?.holds(checkpoint, of: host, history: history).map(HoldReason.nodes)
        let consul = consul?.holds(checkpoint, of: host, history: history).map(HoldReason.consul)
        let window = window?.holds(checkpoint, of: host, in: latest).map(HoldReason.window)
        return [nodes, consul, window].compactMap(\.self).flatMap(\.self)
    }

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

    /// The gate for Consul, with the hosts' places in Consul from the plan; nil if Consul is not configured.
    var consul: ConsulGate? {
        settings.consul.map { settings in
            let before = plan.hosts.compactMap { host in host.consul.map { (host.id, $0) } }
            return ConsulGate(
                hosts: plan.hosts.map(\.id), settings: settings,
                before: Dictionary(before, uniquingKeysWith: { first, _ in first }))
        }
    }

    var window: WindowGate? { settings.windows.map { WindowGate(settings: $0) } }

    /// The components that Deis ran when the plan was made are part of the plan.
    var deis: DeisGate? { settings.waitsForDeis ? plan.deis.map { DeisGate(before: $0) } : nil }
}
