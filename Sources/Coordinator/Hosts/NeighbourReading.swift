import ClusterAnswers
import HostFiles
public import RolloutModel
import Rollouts

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

    /// fleet's machines that are none of these, as the first of the hosts that runs fleet sees them.
    ///
    /// - Parameter own: the machines of `hosts`.
    public func machines(seenBy hosts: [HostID], besides own: Set<MachineID>) async -> Observation<[String]> {
        await names(by: hosts) { host throws(HostFault) in try await machines(seenBy: host, besides: own) }
    }

    /// etcd's members that are on none of these hosts, as the first of them with a member sees them. A host that does
    /// not say which member is its own accounts for none.
    public func members(besides hosts: [HostID]) async -> Observation<[String]> {
        await names(by: hosts) { host throws(HostFault) in try await members(seenBy: host, besides: hosts) }
    }

    /// The answer of the first host that gives one. A host without the service says nothing about the others.
    ///
    /// - Parameter ask: asks one host; nil where the service does not run there.
    /// - Returns: none if the service runs on no host; unknown if it may run on a host that could not be asked, and
    ///   none of the others has it.
    private func names(
        by hosts: [HostID], _ ask: (HostID) async throws(HostFault) -> [String]?
    ) async -> Observation<[String]> {
        var complaints: [String] = []
        for host in hosts {
            do throws(HostFault) {
                if let names = try await ask(host) { return .seen(names) }
            } catch {
                complaints.append("through '\(host)': \(error.why)")
            }
        }
        return complaints.isEmpty ? .seen([]) : .unknown(complaints.joined(separator: "; "))
    }

    /// nil where no fleet runs, which a question to its socket would start.
    private func machines(
        seenBy host: HostID, besides own: Set<MachineID>
    ) async throws(HostFault) -> [String]? {
        let asked = try await shell.run(host, HostCommand("systemctl is-active fleet.service"))
        switch asked.outputText {
        case "active\n": return try await fleet.machines(seenBy: host).subtracting(own).map(\.rawValue)
        case "inactive\n", "unknown\n": return nil
        default:
            let state = asked.outputText.isEmpty ? asked.ending : ForeignText.line(asked.outputText)
            throw HostFault(
                host: host, kind: .commandFailed, why: "systemctl is-active fleet.service: \(state)")
        }
    }

    /// nil where no member runs.
    private func members(seenBy host: HostID, besides own: [HostID]) async throws(HostFault) -> [String]? {
        guard try await etcd.seat(on: host) != .none else { return nil }
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
