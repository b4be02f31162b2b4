import AgentProtocol
import RolloutModel

/// The outcome of a preflight.
public enum Preflight: Sendable {
    /// `plan` is nil when no plan could be made.
    case held(plan: Plan?, sight: PlanSight, [HoldReason])
    case ready(Ready)

    /// A plan whose gates are all open.
    public struct Ready: Sendable {
        public var plan: Plan
        public var sight: PlanSight
        /// locksmith's semaphores, which are taken for the rollout.
        public var semaphores: [RebootSemaphore]
        let watch: GateWatch
    }

    public var plan: Plan? {
        switch self {
        case .held(let plan, _, _): plan
        case .ready(let ready): ready.plan
        }
    }
}

/// Planning: a plan is made from what hosts report before anything is touched.
extension UseCases {
    /// Reads every host, makes the plan, and asks the gates about its first host. Changes nothing.
    ///
    /// - Parameter draft: the draft, whose hosts are arranged in its order.
    public func plan(_ draft: PlanDraft) async throws -> Preflight {
        try await withCluster(draft.hosts) { try await preflight(draft, in: $0) }
    }

    func preflight(_ draft: PlanDraft, in cluster: ClusterPorts) async throws -> Preflight {
        tell(.begins(cluster.hosts))
        let roll = try await roll(of: cluster, isUpgrade: true)
        let woken = try await woken(roll.reports)
        guard woken.isEmpty else { return .held(plan: nil, sight: .none, woken.map(\.reason)) }
        var draft = draft
        let arrangement: HostOrder.Arrangement
        do throws(PlanDraft.CannotPlan) {
            arrangement = try await arrange(draft.order, roll, in: cluster)
        } catch {
            return .held(plan: nil, sight: .none, error.reasons)
        }
        draft.hosts = arrangement.hosts
        switch draft.plan(with: roll.reports, troubles: roll.troubles, bastions: roll.bastions) {
        case .failure(let cannot): return .held(plan: nil, sight: .none, cannot.reasons)
        case .success(let plan):
            let sight = PlanSight(plan, places: arrangement.reasons, reports: roll.reports)
            return try await preflight(plan, sight, in: cluster)
        }
    }

    /// The cluster's hosts in an order, with the reasons for their places.
    ///
    /// - Throws: `PlanDraft.CannotPlan` where the facts that the order depends on cannot be told.
    func arrange(
        _ order: HostOrder, _ roll: AgentRollCall, in cluster: ClusterPorts
    ) async throws(PlanDraft.CannotPlan) -> HostOrder.Arrangement {
        tell(.asking(.order))
        let machines = roll.reports.compactMapValues { $0.value.map { MachineID($0.machineID) } }
        do throws(HostFault) {
            return try await cluster.arrange(order, machines)
        } catch {
            let why = "through '\(error.host)': \(error.why)"
            throw PlanDraft.CannotPlan(reasons: [.plan(.orderUnknown(order: order, why: why))])
        }
    }

    private func preflight(
        _ plan: Plan, _ sight: PlanSight, in cluster: ClusterPorts
    ) async throws -> Preflight {
        var (plan, sight) = (plan, sight)
        let coverage = await coverage(of: plan, in: cluster)
        if let sentence = coverage.sentence { tell(.coverage(sentence)) }
        let isTold = plan.overrides.contains { $0.gate == .others }
        guard coverage.reasons.isEmpty || isTold else {
            return .held(plan: plan, sight: sight, coverage.reasons)
        }
        let unknown = try await complete(&plan, in: cluster)
        guard unknown.isEmpty else { return .held(plan: plan, sight: sight, unknown) }
        guard let first = plan.hostsInTurn.first?.id else { return .held(plan: plan, sight: sight, []) }
        let watch = watch(plan, in: cluster)
        let answer = try await watch.ask(
            .beforeStage, of: first, within: settings.timeouts.gate,
            waiting: { tell(.course(.waiting($0))) })
        tell(.settled)
        tell(.asking(.etcdOutlook))
        if let difference = await watch.ttlDifference() { tell(.ttlDiffers(difference)) }
        sight.etcd = await watch.etcdOutlook()
        let reasons = answer.reasons(of: first)
        sight.gates = await watch.board(reasons)
        guard case .open = answer else { return .held(plan: plan, sight: sight, reasons) }
        let semaphores = await watch.semaphores()
        return .ready(Preflight.Ready(plan: plan, sight: sight, semaphores: semaphores, watch: watch))
    }

    /// Adds to a plan the units and nodes of the cluster before anything is touched.
    ///
    /// - Returns: the reasons why something cannot be told, or would not be drained.
    func complete(_ plan: inout Plan, in cluster: ClusterPorts) async throws -> [HoldReason] {
        tell(.asking(.baselines))
        let unknown = try await takeBaselines(into: &plan, in: cluster)
        return unknown + (await identifyNodes(of: &plan, in: cluster))
    }

    /// Adds to the plan the units and components that run before anything is touched, as far as gates wait for them.
    private func takeBaselines(into plan: inout Plan, in cluster: ClusterPorts) async throws -> [HoldReason] {
        try await takeUnits(into: &plan, in: cluster) + cluster.access.noteBaselines(in: &plan)
    }

    private func takeUnits(into plan: inout Plan, in cluster: ClusterPorts) async throws -> [HoldReason] {
        let overridden = Set(plan.overrides.map(\.gate))
        let readsUnits = settings.gates.fleet?.waitsForUnits == true && !overridden.contains(.units)
        let readsDeis = settings.gates.waitsForDeis && !overridden.contains(.deis)
        guard readsUnits || readsDeis else { return [] }
        let baselines = await Baselines(
            access: cluster.access, hosts: cluster.hosts, clock: ports.clock, fleet: settings.gates.fleet,
            longest: settings.timeouts.gate)
        return try await withThrowingTaskGroup(of: Baseline.self) { group in
            if readsUnits { group.addTask { .units(try await baselines.units()) } }
            if readsDeis { group.addTask { .components(try await baselines.components()) } }
            return try await group.reduce(into: []) { unknown, baseline in
                if let reason = baseline.note(in: &plan) { unknown.append(reason) }
            }
        }
    }

    /// The units or components that ran before the rollout.
    private enum Baseline: Sendable {
        case units(Observation<FleetUnits>)
        case components(Observation<DeisComponents?>)

        /// - Returns: the reason why the baseline is unknown; nil where it is known.
        func note(in plan: inout Plan) -> HoldReason? {
            switch self {
            case .units(.seen(let units)): plan.units = units
            case .components(.seen(let components)): plan.deis = components
            case .units(.unknown(let why)): return .fleet(.unitsUnknown(why: why))
            case .components(.unknown(let why)): return .deis(.deisUnknown(why: why))
            }
            return nil
        }
    }

    /// Notes each host's node in the plan, where Kubernetes runs on them.
    private func identifyNodes(of plan: inout Plan, in cluster: ClusterPorts) async -> [HoldReason] {
        guard let nodes = cluster.nodes else { return [] }
        tell(.asking(.nodes))
        do throws(NodeFault) {
            let unidentified = plan.identify(among: try await nodes.nodes())
            guard unidentified.isEmpty else { return unidentified.map(HoldReason.nodes) }
            return try await nodes.drainObjections(in: plan)
        } catch {
            return [.nodes(.nodesUnknown(why: error.why))]
        }
    }

    /// The other hosts of the cluster that another rollout could take out at the same time.
    func coverage(of plan: Plan, in cluster: ClusterPorts) async -> LockCoverage {
        guard settings.gates.etcd == nil else { return LockCoverage(isInEtcd: true) }
        tell(.asking(.neighbours))
        let machines = Set(plan.hosts.map(\.machine))
        var others = await cluster.neighbours(plan)
        if let nodes = cluster.nodes {
            others.append(LockCoverage.Others(.kubernetes, await names(in: nodes, besides: machines)))
        }
        return LockCoverage(isInEtcd: false, others: others)
    }

    /// The nodes of other machines.
    private func names(in nodes: NodeAccess, besides machines: Set<MachineID>) async -> Observation<[String]>
    {
        do throws(NodeFault) {
            return .seen(try await nodes.nodes().filter { !machines.contains($0.machine) }.map(\.name))
        } catch {
            return .unknown(error.why)
        }
    }
}

extension GateWatch.Answer {
    /// The reasons against a plan whose first host the gates were asked about; empty where they opened.
    fileprivate func reasons(of first: HostID) -> [HoldReason] {
        switch self {
        case .open: []
        case .shut(let reasons): reasons
        case .interrupted: [.person(.operatorHold())]
        // A plan has nothing staged, so a host that came up uncommitted is not the plan's doing.
        case .cameUp: [.host(.hostUncommitted(host: first))]
        }
    }
}
