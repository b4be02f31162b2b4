import Coordinator
import RolloutModel
import Rollouts
import Settings

extension ClusterPorts {
    /// A cluster over SSH, as the configuration describes it.
    static func live(
        _ configuration: Configuration, _ hosts: [HostID], through shell: HostShell
    ) -> ClusterPorts {
        let endpoint = configuration.gates.etcdEndpoint
        let access = HostAccess.live(
            shell: shell, etcd: endpoint, lookouts: configuration.gates.apart.lookouts(shell))
        let order = OrderReading(shell: shell, etcd: endpoint)
        return ClusterPorts(
            hosts: hosts, access: access, store: configuration.lockStore(shell, hosts),
            semaphores: configuration.semaphoreStore(shell, hosts),
            nodes: configuration.gates.kubernetes.map { .live($0) },
            operatorGates: configuration.operatorGates(shell),
            platform: { plan throws(CommandRefusal) in
                try await .live(plan, on: hosts, configuration, through: shell)
            },
            roll: {
                await AgentRollCall.take(
                    of: hosts, access: access, shell: shell, version: TurnstileVersion.text)
            },
            arrange: { by, machines throws(HostFault) in
                try await order.arrange(hosts, by: by, machines: machines)
            },
            neighbours: { plan in
                await NeighbourReading(shell: shell, etcd: endpoint).others(than: plan)
            },
            close: { for host in hosts { await shell.disconnect(host) } })
    }
}

extension Configuration {
    fileprivate func lockStore(_ shell: HostShell, _ hosts: [HostID]) -> LockStore? {
        guard gates.settings.etcd != nil else { return nil }
        return .etcd(shell: shell, hosts: hosts, endpoint: gates.etcdEndpoint)
    }

    fileprivate func semaphoreStore(_ shell: HostShell, _ hosts: [HostID]) -> SemaphoreStore? {
        guard gates.settings.etcd != nil, gates.locksmith != .never else { return nil }
        return .etcd(
            shell: shell, hosts: hosts, endpoint: gates.etcdEndpoint, makes: gates.locksmith == .always)
    }
}

extension NeighbourReading {
    /// The hosts that fleet and etcd list besides the plan's.
    fileprivate func others(than plan: Plan) async -> [LockCoverage.Others] {
        let (ids, machines) = (plan.hosts.map(\.id), Set(plan.hosts.map(\.machine)))
        async let fleet = self.machines(seenBy: ids, besides: machines)
        async let etcd = members(besides: ids)
        return [LockCoverage.Others(.fleet, await fleet), LockCoverage.Others(.etcd, await etcd)]
    }
}
