import AgentProtocol
import RolloutJournal
import RolloutModel

/// The upgrade of a platform is a rollout. The upgrade has the cluster to itself, a journal, holds and a
/// way back.
extension UseCases {
    /// Asks a person, and carries out the steps of a platform's upgrade.
    ///
    /// - Parameters:
    ///   - draft: the plan of the hosts that the platform runs on. The hosts are not upgraded.
    ///   - platform: a plan that nothing held when it was made.
    public func upgrade(_ platform: PlatformPlan, _ draft: PlanDraft) async throws -> RolloutEnd {
        try await withCluster(draft.hosts) { cluster in
            tell(.begins(cluster.hosts))
            let roll = try await roll(of: cluster, isUpgrade: true)
            var plan: Plan
            switch draft.plan(with: roll.reports, troubles: roll.troubles, bastions: roll.bastions) {
            case .failure(let cannot): throw CommandRefusal.held(cannot.reasons)
            case .success(let made): plan = made
            }
            plan.platform = platform
            tell(.asking(.platform))
            let port = try await cluster.platform(platform)
            try await confirm(.beginPlatform(platform))
            let watch = watch(plan, in: cluster)
            let (journal, token) = try await begin(plan, in: cluster)
            return try await drive(
                Drive(journal: journal, watch: watch, token: token, cluster: cluster, platform: port),
                from: .began)
        }
    }

    /// Ends the upgrade of a platform that will not go on. The upgrade's steps are undone, unless the point
    /// of no return is behind it.
    func abandonPlatform(_ journal: Journal) async throws -> RolloutEnd {
        let machine = journal.record.machine
        return try await withCluster(machine.remaining.hosts.map(\.id)) { cluster in
            let roll = try await roll(of: cluster, isUpgrade: false)
            let point = machine.platformPointOfNoReturn
            let port = point == nil ? try await platform(of: machine, in: cluster) : .none
            try await confirm(
                .undoPlatform(
                    machine.plan.rollout, leftAfter: point, undone: machine.platformStepsGivenUp))
            let token = try await attach(to: journal, roll.reports, in: cluster)
            let watch = watch(machine.remaining, in: cluster)
            return try await drive(
                Drive(
                    journal: journal, watch: watch, token: token, cluster: cluster, platform: port,
                    goesOn: .abandon), from: .abandonRequested)
        }
    }

    /// The platform that a rollout upgrades, by the means that its plan names.
    ///
    /// - Throws: `CommandRefusal.held` where the means are not found, or are not the same any more.
    func platform(
        of machine: RolloutMachine, in cluster: ClusterPorts
    ) async throws(CommandRefusal) -> PlatformPort {
        guard let platform = machine.remaining.platform else { return .none }
        tell(.asking(.platform))
        return try await cluster.platform(platform)
    }
}
