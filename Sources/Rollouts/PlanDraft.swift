import AgentProtocol
import RolloutModel

/// A request for a rollout, before any host was looked at.
public struct PlanDraft: Hashable, Sendable {
    public var rollout: RolloutID
    /// The hosts, in the order of their upgrade.
    public var hosts: [HostID]
    /// The hosts among these that are not to be upgraded; empty where all are.
    public var bystanders: [HostID]
    /// The reason for that order.
    public var order: HostOrder
    public var target: Plan.Target
    /// The progress of a rollout whose journal was lost; nil for a rollout that begins.
    public var found: RolloutMachine.Found?
    public var group: String?
    public var server: String?
    public var engineRest: EngineRest
    public var commit: CommitMethod
    public var deadManMinutes: Int?
    public var onFailure: Plan.OnFailure
    public var retryReverted: Bool
    public var acceptsNoReturn: Bool
    public var asksAboutOffer: Bool?
    public var movesLeader: Bool
    public var etcdAfter: String?
    public var overrides: [GateOverride]
    public var purpose: Plan.Purpose
    public var stopAfter: Int?
    public var operatorName: String
    public var createdAt: String

    public init(
        rollout: RolloutID, hosts: [HostID], bystanders: [HostID], order: HostOrder, target: Plan.Target,
        found: RolloutMachine.Found?, group: String?, server: String?, engineRest: EngineRest,
        commit: CommitMethod, deadManMinutes: Int?, onFailure: Plan.OnFailure, retryReverted: Bool,
        acceptsNoReturn: Bool, movesLeader: Bool, etcdAfter: String?, overrides: [GateOverride],
        purpose: Plan.Purpose, stopAfter: Int?, operatorName: String, createdAt: String
    ) {
        self.rollout = rollout
        self.hosts = hosts
        self.bystanders = bystanders
        self.order = order
        self.target = target
        self.found = found
        self.group = group
        self.server = server
        self.engineRest = engineRest
        self.commit = commit
        self.deadManMinutes = deadManMinutes
        self.onFailure = onFailure
        self.retryReverted = retryReverted
        self.acceptsNoReturn = acceptsNoReturn
        self.asksAboutOffer = nil
        self.movesLeader = movesLeader
        self.etcdAfter = etcdAfter
        self.overrides = overrides
        self.purpose = purpose
        self.stopAfter = stopAfter
        self.operatorName = operatorName
        self.createdAt = createdAt
    }

    /// The plan, if every host could be read. Units on the hosts, and their nodes, are added to the plan afterwards.
    ///
    /// - Parameters:
    ///   - troubles: the troubles that kept hosts from a report, where those are known.
    ///   - bastions: the bastions that keep hosts away, where it is a bastion that does.
    public func plan(
        with reports: [HostID: Observation<HostReport>], troubles: [HostID: HostTrouble] = [:],
        bastions: [HostID: ShutBastion] = [:]
    ) -> Result<Plan, CannotPlan> {
        var planned: [PlannedHost] = []
        var reasons: [HoldReason] = []
        for host in hosts {
            switch reports[host] ?? .unknown("not asked") {
            case .unknown(let why):
                reasons.append(
                    .host(
                        .hostUnreadable(
                            host: host, why: why, trouble: troubles[host], bastion: bastions[host])))
            case .seen(let report):
                if let fault = report.identityFault {
                    reasons.append(.host(.hostUnreadable(host: host, why: fault)))
                    continue
                }
                guard let version = report.version else {
                    reasons.append(
                        .host(
                            .hostUnreadable(
                                host: host, why: "its os-release names no VERSION_ID",
                                trouble: .osReleaseUnreadable)))
                    continue
                }
                let machine = MachineID(report.machineID)
                if let twin = planned.first(where: { $0.machine == machine }) {
                    reasons.append(.host(.sameMachine(host: host, as: twin.id)))
                }
                planned.append(
                    PlannedHost(
                        id: host, machine: machine, version: Version(version),
                        settings: HostFacts.Settings(report),
                        units: wasTouched(host) ? nil : report.units?.believed))
            }
        }
        guard reasons.isEmpty else { return .failure(CannotPlan(reasons: reasons)) }
        return .success(plan(of: planned))
    }

    private func plan(of planned: [PlannedHost]) -> Plan {
        Plan(
            rollout: rollout, hosts: planned, bystanders: bystanders.isEmpty ? nil : bystanders, order: order,
            target: target, found: found, group: group, server: server, engineRest: engineRest,
            commit: commit, deadManMinutes: deadManMinutes,
            onFailure: onFailure, retryReverted: retryReverted, acceptsNoReturn: acceptsNoReturn,
            movesLeader: movesLeader, etcdAfter: etcdAfter, units: nil, deis: nil, nodes: nil,
            overrides: overrides, purpose: purpose, asksAboutOffer: asksAboutOffer, stopAfter: stopAfter,
            operatorName: operatorName, createdAt: createdAt)
    }

    /// True if the rollout that is taken up has begun with the host, so that its earlier state is not known any more.
    private func wasTouched(_ host: HostID) -> Bool {
        guard let found else { return false }
        return found.upgraded.contains(host) || found.atWork?.host == host || found.wentBack.contains(host)
    }

    public struct CannotPlan: Error, Hashable, Sendable {
        public var reasons: [HoldReason]

        public init(reasons: [HoldReason]) { self.reasons = reasons }
    }
}

extension HostAccess {
    /// Every host's report, all asked at once.
    public func reports(of hosts: [HostID]) async -> [HostID: Observation<HostReport>] {
        await gather(hosts, report)
    }

    /// The answer of the first of these hosts that gives one.
    public func firstAnswer<Value>(
        _ hosts: [HostID], _ ask: (HostID) async throws(HostFault) -> Value
    ) async -> Observation<Value> {
        var complaints: [String] = []
        for host in hosts {
            do throws(HostFault) {
                return .seen(try await ask(host))
            } catch {
                complaints.append("through '\(host)': \(error.why)")
            }
        }
        return .unknown(complaints.joined(separator: "; "))
    }

    /// Every host's seat in etcd, all asked at once.
    public func seats(of hosts: [HostID]) async -> [HostID: Observation<EtcdSeat>] {
        await gather(hosts, seat)
    }

    /// Asks all hosts at once. A fault is an observation as well: the value is unknown.
    func gather<Value>(
        _ hosts: [HostID], _ ask: @escaping @Sendable (HostID) async throws(HostFault) -> Value
    ) async -> [HostID: Observation<Value>] {
        await sort(hosts, ask).observations
    }

    /// Asks all hosts at once, and returns the faults of the hosts without an answer as well.
    func sort<Value>(
        _ hosts: [HostID], _ ask: @escaping @Sendable (HostID) async throws(HostFault) -> Value
    ) async -> (observations: [HostID: Observation<Value>], faults: [HostID: HostFault]) {
        await withTaskGroup { group in
            for host in hosts {
                group.addTask { () -> (HostID, Observation<Value>, HostFault?) in
                    do throws(HostFault) {
                        return (host, .seen(try await ask(host)), nil)
                    } catch {
                        return (host, .unknown(error.why), error)
                    }
                }
            }
            return await group.reduce(into: ([:], [:])) { answers, answer in
                answers.0[answer.0] = answer.1
                answers.1[answer.0] = answer.2
            }
        }
    }
}
