import AgentProtocol
import RolloutJournal
import RolloutModel

extension UseCases {
    /// Declares a host lost that will never come back, so that its rollout can end, or go on without it. No host is
    /// changed.
    public func lose(_ host: HostID) async throws -> RolloutEnd {
        let report = try await withCluster([host]) { cluster in
            tell(.asking(.agents(1)))
            return await cluster.access.reports(of: [host])[host] ?? .unknown("not asked")
        }
        try await ways().require(.lose, of: host, seen: report)
        let waiting = try await journals.unended(tells: true).first {
            $0.speaks(for: host) && $0.record.machine.canLose(host)
        }
        guard let waiting else { throw CommandRefusal.nobodyWaitsFor(host) }
        return try await withJournal(of: waiting.id) { try await lose(host, in: $0) }
    }

    private func lose(_ host: HostID, in journal: Journal) async throws -> RolloutEnd {
        let others = journal.record.machine.remaining.hosts.map(\.id).filter { $0 != host }
        try await withCluster(others) { cluster in
            tell(.asking(.etcdMembers))
            let loss = await EtcdLoss.read(in: cluster, isAsked: settings.gates.etcd != nil)
            guard let why = try await decider.lossReason(host, loss) else {
                throw CommandRefusal.declined(.declareLost(host, loss))
            }
            if !others.isEmpty {
                tell(.asking(.agents(others.count)))
                _ = try await attach(to: journal, cluster.access.reports(of: others), in: cluster)
            }
            try await journal.append(.event(.lost(host: host, why: why, member: loss.member)))
        }
        return RolloutEnd(
            record: journal.record, journal: journal.name,
            ending: .held(journal.record.machine.state.heldReasons), goesOn: .resume)
    }
}

/// The effect on etcd of losing a host.
public enum EtcdLoss: Hashable, Sendable {
    case notAsked
    case silent
    case seen(Votes, Observation<LostMember?>)

    /// The votes that etcd needs to serve, and those it has.
    public struct Votes: Hashable, Sendable {
        public var members: Int
        public var healthy: Int
        public var needed: Int
    }

    /// The member of the lost host; nil where it is not known.
    var member: LostMember? {
        guard case .seen(_, .seen(let member)) = self else { return nil }
        return member
    }

    /// - Parameter cluster: the cluster of the other hosts.
    static func read(in cluster: ClusterPorts, isAsked: Bool) async -> EtcdLoss {
        guard isAsked else { return .notAsked }
        let seats = await cluster.access.seats(of: cluster.hosts)
        for host in cluster.hosts {
            guard let view = try? await cluster.access.etcd(host), !view.members.isEmpty else { continue }
            let voters = view.members.filter { !$0.isLearner }
            let votes = Votes(
                members: voters.count, healthy: voters.count { $0.health == .healthy },
                needed: Quorum(voters: voters.count).votes)
            return .seen(
                votes, view.lostMember(others: cluster.hosts.map { seats[$0] ?? .unknown("not asked") }))
        }
        return .silent
    }
}
