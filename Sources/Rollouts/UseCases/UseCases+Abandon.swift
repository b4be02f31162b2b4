import AgentProtocol
import RolloutJournal
import RolloutModel

extension UseCases {
    /// Ends a rollout that will not go on, and gives its hosts back as they were found.
    ///
    /// - Parameter name: the rollout's id; nil for the newest that has not ended.
    public func abandon(_ name: String?) async throws -> RolloutEnd {
        let id = try await journals.underWay(named: name, else: .abandon)
        return try await withJournal(of: id) { try await abandon($0) }
    }

    private func abandon(_ journal: Journal) async throws -> RolloutEnd {
        let machine = journal.record.machine
        if machine.outcome != nil { throw CommandRefusal.nothingToAbandon(machine) }
        guard machine.plan.platform == nil else { return try await abandonPlatform(journal) }
        let hosts = machine.remaining.hosts.map(\.id)
        return try await withCluster(hosts) { cluster in
            let roll = try await roll(of: cluster, isUpgrade: false)
            try await require(.abandon, roll, of: journal)
            try await confirm(.giveBack(machine.plan.rollout, hosts, roll.reports))
            let token = try await attach(to: journal, roll.reports, in: cluster)
            return try await giveBack(journal, token, in: cluster)
        }
    }

    /// Gives hosts back from what they tell alone; what is done is journalled all the same.
    ///
    /// - Parameter draft: of the configuration, with these hosts.
    public func giveBack(_ draft: PlanDraft) async throws -> RolloutEnd {
        try await withoutJournal {
            try await withCluster(draft.hosts) { cluster in
                let roll = try await roll(of: cluster, isUpgrade: false)
                try await require(.abandonHost, roll)
                let plan = try undoing(.abandon, draft, roll)
                try await confirm(.giveBack(nil, cluster.hosts, roll.reports))
                let (journal, token) = try await begin(plan, in: cluster)
                return try await giveBack(journal, token, in: cluster)
            }
        }
    }

    private func giveBack(
        _ journal: Journal, _ token: Token, in cluster: ClusterPorts
    ) async throws -> RolloutEnd {
        let machine = journal.record.machine
        let isAtIt = if case .giveBack = machine.state.top { true } else { false }
        let watch = watch(machine.remaining, in: cluster)
        return try await drive(
            Drive(journal: journal, watch: watch, token: token, cluster: cluster, goesOn: .abandon),
            from: isAtIt ? nil : .abandonRequested)
    }

    /// A journal may be older than its hosts: what they run themselves counts, too.
    ///
    /// - Parameter journal: of the rollout that is abandoned; nil where hosts are given back without one.
    private func require(
        _ command: RecoveryCommand, _ roll: AgentRollCall, of journal: Journal? = nil
    ) async throws {
        let ways = ways(own: journal)
        if let out = journal?.record.machine.state.hostOut {
            let report = roll.reports[out] ?? .unknown("not asked")
            try await ways.require(command, of: out, seen: report, trouble: roll.troubles[out])
        }
        for (host, report) in roll.reports.sorted(by: { $0.key < $1.key }) {
            try await ways.require(command, of: host, seen: report, trouble: roll.troubles[host])
        }
    }
}
