import RolloutModel

extension Plan {
    /// A plan with the usual choices.
    package static func sample(
        rollout: RolloutID, hosts: [PlannedHost], bystanders: [HostID]? = nil, order: HostOrder = .given,
        target: Plan.Target,
        found: RolloutMachine.Found? = nil, group: String? = nil, server: String? = nil,
        engineRest: EngineRest = .masked, commit: CommitMethod = .engine, deadManMinutes: Int? = nil,
        onFailure: Plan.OnFailure = .hold, retryReverted: Bool = false, acceptsNoReturn: Bool = false,
        movesLeader: Bool = false, etcdAfter: String? = nil, units: FleetUnits? = nil,
        deis: DeisComponents? = nil, nodes: [PlannedNode]? = nil, overrides: [GateOverride] = [],
        purpose: Plan.Purpose = .upgrade, stopAfter: Int? = nil, operatorName: String = "",
        createdAt: String = ""
    ) -> Plan {
        Plan(
            rollout: rollout, hosts: hosts, bystanders: bystanders, order: order, target: target,
            found: found, group: group,
            server: server, engineRest: engineRest, commit: commit, deadManMinutes: deadManMinutes,
            onFailure: onFailure, retryReverted: retryReverted, acceptsNoReturn: acceptsNoReturn,
            movesLeader: movesLeader, etcdAfter: etcdAfter, units: units, deis: deis, nodes: nodes,
            overrides: overrides, purpose: purpose, stopAfter: stopAfter, operatorName: operatorName,
            createdAt: createdAt)
    }
}
