import Coordinator
import RolloutModel
import Rollouts

extension ClusterPorts {
    /// A cluster over SSH, as the configuration describes it.
    static func live(
        _ configuration: Configuration, _ hosts: [HostID], through shell: HostShell
    ) -> ClusterPorts {
        let endpoint = configuration.gates.etcdEndpoint
        let access = HostAccess.live(shell: shell, etcd: endpoint)
        let order = OrderReading(shell: shell, etcd: endpoint)
        return ClusterPorts(
            hosts: hosts, access: access, store: configuration.lockStore(shell, hosts),
            semaphores: configuration.semaphoreStore(shell, hosts),
            nodes: configuration.gates.kubernetes.map { .live($0) },
            operatorGates: configuration.operatorGates(shell),
            roll: {
                await AgentRollCall.take(
                    of: hosts, access: access, shell: shell, version: TurnstileVersion.text)
            },
            arrange: { by, machines throws(HostFault) in
                try await order.arrange(hosts, by: by, machines: machines)
            },
            neighbours: { plan in
                await NeighbourReading(shell: shell, etcd: endpoint).others(than: plan, access)
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
    /// The hosts that fleet and etcd list besides the plan's. A source that cannot be asked is left out, as the
    /// operator has turned its gate off.
    fileprivate func others(than plan: Plan, _ access: HostAccess) async -> [LockCoverage.Others] {
        let (ids, machines) = (plan.hosts.map(\.id), Set(plan.hosts.map(\.machine)))
        async let fleet = access.firstAnswer(ids) { host throws(HostFault) in
            try await self.machines(seenBy: host, besides: machines)
        }
        async let etcd = access.firstAnswer(ids) { host throws(HostFault) in
            try await members(seenBy: host, besides: ids)
        }
        let others = [
            await fleet.value.map { LockCoverage.Others(.fleet, $0) },
            await etcd.value.map { LockCoverage.Others(.etcd, $0) },
        ]
        return others.compactMap(\.self)
    }
}
