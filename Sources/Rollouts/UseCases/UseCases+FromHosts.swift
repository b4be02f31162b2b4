import RolloutJournal
import RolloutModel

/// Takes up a rollout whose journal is lost, from the reports of the hosts' own agents.
extension UseCases {
    /// Goes on with the rollout that the hosts report.
    ///
    /// - Parameters:
    ///   - draft: the configuration's draft, with all hosts, which are arranged in its order. The hosts supply the
    ///     rollout's id, and its target if it has one. No host knows the choices about failures or etcd's leader.
    ///   - acceptsNoReturn: true to go past etcd's point of no return.
    public func resumeFromHosts(_ draft: PlanDraft, acceptsNoReturn: Bool) async throws -> RolloutEnd {
        try await withoutJournal {
            try await withCluster(draft.hosts) { cluster in
                let (lost, plan) = try await findLost(draft, in: cluster)
                try await confirm(.journalLost(lost, plan))
                let watch = watch(plan, in: cluster)
                try await requireLost(lost.rollout)
                // The rollout keeps its id, so it can take the cluster lock that it has already.
                let (journal, token) = try await begin(plan, in: cluster)
                return try await drive(
                    Drive(journal: journal, watch: watch, token: token, cluster: cluster),
                    from: .resumed(retryReverted: false, acceptsNoReturn: acceptsNoReturn ? true : nil))
            }
        }
    }

    /// The rollout that the hosts know of, and the plan that goes on with it.
    private func findLost(
        _ draft: PlanDraft, in cluster: ClusterPorts
    ) async throws -> (LostRollout, Plan) {
        let roll = try await roll(of: cluster, isUpgrade: true)
        // Its journal is not lost, and leads nowhere.
        try await requireNoneWoke(roll.reports)
        do {
            let found = try LostRollout.found(on: draft.hosts, in: roll.reports, troubles: roll.troubles)
            guard let lost = found else { throw CommandRefusal.noHostKnowsARollout }
            guard !lost.rollout.isOfPlatform else { throw CommandRefusal.platformLost(lost.rollout) }
            var draft = draft.taking(up: lost)
            draft.hosts = try await arrange(draft.order, roll, in: cluster).hosts
            var plan = try draft.plan(with: roll.reports).get()
            let unknown = try await complete(&plan, in: cluster)
            guard unknown.isEmpty else { throw CommandRefusal.held(unknown) }
            return (lost, plan)
        } catch let cannot as PlanDraft.CannotPlan {
            throw CommandRefusal.held(cannot.reasons)
        }
    }

    private func requireLost(_ rollout: RolloutID) async throws {
        if let trouble = try await journals.trouble(with: rollout) { throw trouble }
        guard try await ports.journals.list().contains(rollout) else { return }
        throw CommandRefusal.journalNotLost(rollout, journal: ports.journals.name(rollout))
    }
}

extension PlanDraft {
    fileprivate func taking(up lost: LostRollout) -> PlanDraft {
        var draft = self
        draft.rollout = lost.rollout
        draft.found = lost.found
        // A host that something was done to was chosen, whatever is said now.
        let touched = Set(
            lost.found.upgraded + lost.found.wentBack + [lost.found.atWork?.host].compactMap(\.self))
        draft.bystanders.removeAll(where: touched.contains)
        if let target = lost.target { draft.target = .pinned(version: target) }
        return draft
    }
}
