import Coordinator
import Driving
import RolloutModel

/// Finds other hosts of the cluster that another rollout could take out at the same time.
extension RolloutSession {
    func lockCoverage(of plan: Plan) async -> LockCoverage {
        guard configuration.gates.settings.etcd == nil else { return LockCoverage(isInEtcd: true) }
        let reading = NeighbourReading(shell: shell, etcd: configuration.gates.etcdEndpoint)
        let (ids, machines) = (plan.hosts.map(\.id), Set(plan.hosts.map(\.machine)))
        async let fleet = access.firstAnswer(ids) { host throws(HostFault) in
            try await reading.machines(seenBy: host, besides: machines)
        }
        async let members = access.firstAnswer(ids) { host throws(HostFault) in
            try await reading.members(seenBy: host, besides: ids)
        }
        let others = [
            // A source that cannot be asked is left out: its gate is off by the operator's word.
            await fleet.value.map { LockCoverage.Others(.fleet, $0) },
            await members.value.map { LockCoverage.Others(.etcd, $0) },
            await otherNodes(than: machines).map { LockCoverage.Others(.kubernetes, $0) },
        ]
        return LockCoverage(isInEtcd: false, others: others.compactMap(\.self))
    }

    private func otherNodes(than machines: Set<MachineID>) async -> [String]? {
        guard let nodes, let found = try? await nodes.nodes() else { return nil }
        return found.filter { !machines.contains($0.machine) }.map(\.name)
    }
}
