import AgentProtocol
import Coordinator
import Driving
import Foundation
import RolloutJournal
import RolloutModel

/// What a rollout is to do, from what hosts say before anything is touched.
extension RolloutSession {
    /// Reads every host, makes the plan, and asks the gates about its first host.
    ///
    /// - Parameter acceptsNoReturn: nobody is to be asked when etcd's point of no return comes.
    func preflight(_ options: UpdateOptions, acceptsNoReturn: Bool = false) async throws -> Preflight {
        let view = RolloutView(hosts: hosts, terminal: .standardError(), clock: clock)
        let roll = try await agentRoll(isBeginning: true)
        let reports = roll.reports
        let woken = try DeclaredLost(choice).reasons(reports)
        guard woken.isEmpty else { return .held(plan: nil, etcd: nil, woken) }
        let arranged: [HostID]
        do throws(HostFault) {
            arranged = try await arrange(reports)
        } catch {
            return .held(
                plan: nil, etcd: nil,
                [
                    .plan(
                        .orderUnknown(
                            order: configuration.update.order, why: "through '\(error.host)': \(error.why)"))
                ])
        }
        var plan: Plan
        switch draft(options, arranged, acceptsNoReturn: acceptsNoReturn).plan(
            with: reports, troubles: roll.troubles, bastions: roll.bastions)
        {
        case .failure(let cannot): return .held(plan: nil, etcd: nil, cannot.reasons)
        case .success(let made): plan = made
        }
        let coverage = await lockCoverage(of: plan)
        if let sentence = coverage.sentence { say("Note: \(sentence).") }
        let isTold = plan.overrides.contains { $0.gate == .others }
        guard coverage.reasons.isEmpty || isTold else {
            return .held(plan: plan, etcd: nil, coverage.reasons)
        }
        let unknown = try await takeBaselines(into: &plan) + identifyNodes(of: &plan)
        guard unknown.isEmpty else { return .held(plan: plan, etcd: nil, unknown) }
        let watch = watch(plan)
        guard let first = plan.hosts.first?.id else { return .held(plan: plan, etcd: nil, []) }
        let answer = try await watch.ask(
            .beforeStage, of: first, seconds: configuration.timeouts.gate,
            waiting: { view.show(.waiting($0)) })
        view.settle()
        if let difference = await watch.ttlDifference() { say("Note: \(difference).") }
        let etcd = await watch.etcdOutlook()
        switch answer {
        case .open: return .ready(plan: plan, etcd: etcd, watch)
        case .shut(let reasons): return .held(plan: plan, etcd: etcd, reasons)
        case .interrupted: return .held(plan: plan, etcd: etcd, [.person(.operatorHold)])
        // A plan has nothing staged, so a host that came up uncommitted is not the plan's doing.
        case .cameUp: return .held(plan: plan, etcd: etcd, [.host(.hostUncommitted(host: first))])
        }
    }

    /// A rollout of one's own that was cut off, or is held, is gone on with: nothing else frees the cluster as well.
    func requireNoneOfOurs(_ reasons: [HoldReason]) throws {
        let holders = reasons.compactMap { reason in
            if case .host(.claimedByAnother(_, let rollout)) = reason {
                rollout
            } else {
                reason.lockHolder?.rollout
            }
        }
        try holders.forEach(choice.requireReadable)
        for (path, record) in try choice.unended() {
            let machine = record.machine
            let rollout = machine.plan.rollout
            guard holders.contains(rollout), try !Journal.isBeingWritten(path: path) else { continue }
            let (how, next) =
                if case .held(let reasons, _) = machine.state {
                    ("is held", RolloutText.next(after: reasons, of: rollout, invocation))
                } else {
                    ("was cut off", resumeCommand(rollout))
                }
            throw CommandFailure(
                .held, "your rollout \(rollout) has this cluster, and \(how). Resume it first: \(next)")
        }
    }

    /// What runs before anything is touched, as far as it is waited for.
    ///
    /// - Returns: what cannot be told.
    func takeBaselines(into plan: inout Plan) async throws -> [HoldReason] {
        let settings = configuration.gates.settings
        let overridden = Set(plan.overrides.map(\.gate))
        let readsUnits = settings.fleet?.waitsForUnits == true && !overridden.contains(.units)
        let readsDeis = settings.waitsForDeis && !overridden.contains(.deis)
        guard readsUnits || readsDeis else { return [] }
        let baselines = await Baselines(
            access: access, hosts: hosts, clock: clock, fleet: settings.fleet,
            secondsMax: configuration.timeouts.gate)
        async let units = readsUnits ? baselines.units() : nil
        async let components = readsDeis ? baselines.components() : nil
        var unknown: [HoldReason] = []
        switch try await units {
        case nil: break
        case .seen(let units)?: plan.units = units
        case .unknown(let why)?: unknown.append(.fleet(.unitsUnknown(why: why)))
        }
        switch try await components {
        case nil: break
        case .seen(let components)?: plan.deis = components
        case .unknown(let why)?: unknown.append(.deis(.deisUnknown(why: why)))
        }
        return unknown
    }

    /// Notes each host's node in the plan, where Kubernetes runs on them.
    ///
    /// - Returns: why it cannot, or why a node would not be drained.
    func identifyNodes(of plan: inout Plan) async -> [HoldReason] {
        guard let nodes else { return [] }
        do throws(NodeFault) {
            let unidentified = plan.identify(among: try await nodes.nodes())
            guard unidentified.isEmpty else { return unidentified.map(HoldReason.nodes) }
            return try await nodes.drainObjections(in: plan)
        } catch {
            return [.nodes(.nodesUnknown(why: error.why))]
        }
    }

    /// The hosts in the order of `update.order`.
    func arrange(
        _ reports: [HostID: Observation<HostReport>]
    ) async throws(HostFault) -> [HostID] {
        let reading = OrderReading(shell: shell, etcd: configuration.gates.etcdEndpoint)
        let machines = reports.compactMapValues { $0.value.map { MachineID($0.machineID) } }
        return try await reading.arrange(hosts, by: configuration.update.order, machines: machines)
    }

    /// What a preflight came to.
    enum Preflight {
        /// `plan` is nil when not even that could be made.
        case held(plan: Plan?, etcd: EtcdOutlook?, [HoldReason])
        case ready(plan: Plan, etcd: EtcdOutlook?, GateWatch)

        var plan: Plan? {
            switch self {
            case .held(let plan, _, _): plan
            case .ready(let plan, _, _): plan
            }
        }
    }

    /// A plan that only undoes: for hosts that no rollout here knows.
    func plan(
        _ purpose: Plan.Purpose, with roll: AgentRollCall
    ) -> Result<Plan, PlanDraft.CannotPlan> {
        PlanDraft(
            rollout: Self.newRollout(), hosts: hosts, order: .given, target: .firstOffer, found: nil,
            group: nil, server: nil, engineRest: configuration.update.engineRest,
            commit: configuration.update.commit, deadManMinutes: nil, onFailure: .hold, retryReverted: false,
            acceptsNoReturn: false, movesLeader: false, etcdAfter: nil, overrides: [], purpose: purpose,
            stopAfter: nil,
            operatorName: Self.operatorName, createdAt: Date.now.formatted(.iso8601)
        ).plan(with: roll.reports, troubles: roll.troubles, bastions: roll.bastions)
    }

    private func draft(
        _ options: UpdateOptions, _ hosts: [HostID], acceptsNoReturn: Bool
    ) -> PlanDraft {
        PlanDraft(
            rollout: Self.newRollout(), hosts: hosts, order: configuration.update.order,
            target: configuration.update.to.map { .pinned(version: $0) } ?? .firstOffer, found: nil,
            group: configuration.update.group, server: configuration.update.server,
            engineRest: configuration.update.engineRest, commit: configuration.update.commit,
            deadManMinutes: configuration.update.deadManMinutes, onFailure: options.onFailure.onFailure,
            retryReverted: options.retryReverted, acceptsNoReturn: acceptsNoReturn,
            movesLeader: options.moveLeader, etcdAfter: configuration.gates.settings.etcd?.after,
            overrides: options.overrides.gates, purpose: .upgrade,
            stopAfter: options.stopAfter,
            operatorName: Self.operatorName, createdAt: Date.now.formatted(.iso8601))
    }

    /// Sorts by the time it was planned.
    private static func newRollout() -> RolloutID {
        let time = Date.now.formatted(.iso8601.timeSeparator(.omitted).dateSeparator(.omitted))
            .replacing("T", with: "-").replacing("Z", with: "")
        let random = String(UInt32.random(in: 0x1000...0xffff), radix: 16)
        return RolloutID("r-\(time)-\(random)")
    }
}
