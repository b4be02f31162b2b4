import HostFiles
import RolloutModel
public import Rollouts
public import Vocabulary

/// Finds the machines that a cluster knows besides a rollout's hosts. fleet and etcd are asked even if their gates are
/// off, since they may run all the same.
public struct NeighbourReading: Sendable {
    private let shell: HostShell
    private let fleet: FleetReading
    private let etcd: EtcdReading

    public init(shell: HostShell, etcd endpoint: EtcdEndpoint) {
        self.shell = shell
        fleet = FleetReading(shell: shell)
        etcd = EtcdReading(shell: shell, endpoint: endpoint)
    }

    /// The machines in fleet that are none of these, as one of the hosts sees them; empty where no fleet runs there. A
    /// question to fleet's socket would start it.
    public func machines(
        seenBy host: HostID, besides own: Set<MachineID>
    ) async throws(HostFault) -> [String] {
        let runs = try await shell.run(host, HostCommand("systemctl is-active --quiet fleet.service"))
        guard runs.exitStatus == 0 else { return [] }
        return try await fleet.machines(seenBy: host).subtracting(own).map(\.rawValue)
    }

    /// The members of etcd that are on none of these hosts, as one of them sees them; empty where no etcd answers
    /// there. A host that does not say which member is its own accounts for no member.
    public func members(seenBy host: HostID, besides own: [HostID]) async throws(HostFault) -> [String] {
        let members = try await etcd.members(seenBy: host)
        var seats: Set<EtcdMemberID> = []
        for host in own {
            if case .member(let id, _)? = try? await etcd.seat(on: host) { seats.insert(id) }
        }
        return members.filter { !seats.contains($0.id) }.map {
            $0.name.isEmpty ? $0.id.description : $0.name
        }
    }
}
