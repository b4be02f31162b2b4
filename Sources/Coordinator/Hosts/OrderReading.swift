import ClusterAnswers
import HostFiles
public import RolloutModel
public import Rollouts

/// The facts that an order of hosts depends on, read from the cluster.
public struct OrderReading: Sendable {
    let fleet: FleetReading
    let etcd: EtcdReading

    public init(shell: HostShell, etcd endpoint: EtcdEndpoint) {
        fleet = FleetReading(shell: shell)
        etcd = EtcdReading(shell: shell, endpoint: endpoint)
    }

    /// The hosts in that order, with the reasons for their places.
    ///
    /// - Parameter machines: which machine each host is.
    /// - Throws: `HostFault` of the last host asked, where none could tell what the order depends on.
    public func arrange(
        _ hosts: [HostID], by order: HostOrder, machines: [HostID: MachineID]
    ) async throws(HostFault) -> HostOrder.Arrangement {
        switch order {
        case .given: return .listed(hosts)
        case .leaderLast:
            return order.arrangement(of: hosts, leader: try await leader(among: hosts), metadata: [:])
        case .metadata:
            let list = try await ask(hosts) { host throws(HostFault) in try await fleet.list(seenBy: host) }
            var metadata: [HostID: [String: String]] = [:]
            for (host, machine) in machines {
                metadata[host] =
                    list.machines.first { $0.matches(machineID: machine.rawValue) }?.metadata
            }
            return order.arrangement(of: hosts, leader: nil, metadata: metadata)
        }
    }

    /// The host whose member is the leader, as the first member sees it that answers.
    private func leader(among hosts: [HostID]) async throws(HostFault) -> HostID? {
        let leader = try await ask(hosts) { host throws(HostFault) in try await etcd.leader(seenBy: host) }
        var found: [HostID] = []
        for host in hosts {
            if case .member(leader, _) = try await etcd.seat(on: host) { found.append(host) }
        }
        guard found.count <= 1 else {
            throw HostFault(
                host: found[0], kind: .answerUnreadable,
                why: """
                    the leader, member \(leader), answers on each of \(found.map { "'\($0)'" }.joined(separator: ", ")), and \
                    runs on one of them
                    """)
        }
        return found.first
    }

    private func ask<Answer>(
        _ hosts: [HostID], _ question: (HostID) async throws(HostFault) -> Answer
    ) async throws(HostFault) -> Answer {
        var last: HostFault?
        for host in hosts {
            do throws(HostFault) { return try await question(host) } catch { last = error }
        }
        throw last ?? HostFault(host: HostID(""), kind: .unreachable, why: "there is no host to ask")
    }
}
