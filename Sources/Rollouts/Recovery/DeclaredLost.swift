import AgentProtocol
import RolloutJournal
import RolloutModel

/// Hosts that were declared lost in rollouts of this machine, the newest rollout first.
public struct DeclaredLost: Sendable {
    struct Entry: Sendable {
        var host: HostID
        var machine: MachineID
        var rollout: RolloutID
        var at: String
        var why: String
        var member: LostMember?
        /// No newer rollout here has the host in its plan, for which it would have answered.
        var isLast: Bool
        /// The rollout that declared it lost has ended.
        var hasEnded: Bool
    }

    let entries: [Entry]

    public init(in journals: JournalStore) async throws {
        var entries: [Entry] = []
        var planned: Set<HostID> = []
        for id in try await journals.list().reversed() {
            // An unreadable journal is skipped here; commands that need it report it.
            guard let record = try? await journals.read(id) else { continue }
            entries += Self.entries(of: record, plannedSince: planned)
            planned.formUnion(record.machine.plan.hosts.map(\.id))
        }
        self.entries = entries
    }

    private static func entries(of record: RolloutRecord, plannedSince: Set<HostID>) -> [Entry] {
        let machine = record.machine
        return machine.plan.hosts.compactMap { planned in
            guard let lost = machine.lost[planned.id], let at = record.lostAt[planned.id] else { return nil }
            return Entry(
                host: planned.id, machine: planned.machine, rollout: machine.plan.rollout, at: at,
                why: lost.why, member: lost.member, isLast: !plannedSince.contains(planned.id),
                hasEnded: machine.outcome != nil)
        }
    }

    /// A reason for each of these hosts whose last rollout here declared it lost.
    func reasons(among hosts: [HostID]) -> [HoldReason] {
        hosts.compactMap { host in
            entries.first { $0.host == host && $0.isLast }.map {
                .person(.hostLost(host: host, why: $0.why, member: $0.member))
            }
        }
    }

    /// The hosts that answer although they were declared lost, and were not given back since: their agents still have
    /// the rollout in which they were lost.
    public func woken(_ reports: [HostID: Observation<HostReport>]) -> [WokenHost] {
        reports.sorted { $0.key < $1.key }.compactMap { host, report in
            report.value.flatMap { woken(host, $0.machineID, $0.agent) }
        }
    }

    private func woken(_ host: HostID, _ machine: String, _ agent: AgentState) -> WokenHost? {
        guard let lost = entries.first(where: { $0.machine == MachineID(machine) }) else { return nil }
        let isHeld = agent.claim?.rollout == lost.rollout.rawValue
        guard isHeld || agent.authority?.rollout == lost.rollout.rawValue else { return nil }
        return WokenHost(
            host: host, rollout: lost.rollout, why: lost.why, hasEnded: lost.hasEnded, isHeld: isHeld)
    }

    /// A line for each of these hosts that was declared lost and not taken in again since, for an audit, which asks no
    /// agent.
    public func notes(on hosts: [HostID]) -> [String] {
        hosts.compactMap { host in
            entries.first { $0.host == host && $0.isLast }.map {
                "Host '\(host)' was declared lost in rollout \($0.rollout), at \($0.at): \($0.why)"
            }
        }
    }
}
