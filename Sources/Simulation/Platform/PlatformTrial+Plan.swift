import RolloutModel

extension Plan {
    /// The plan of a rollout that upgrades a simulated platform.
    static func upgrading(_ platform: PlatformPlan) -> Plan {
        Plan(
            rollout: RolloutID("r-1"),
            hosts: SimulatedPlatform.machines.enumerated().map { number, machine in
                PlannedHost(id: HostID("core-\(number + 1)"), machine: machine, version: Version("1353.8.0"))
            }, bystanders: nil, order: .given, target: .firstOffer, found: nil, group: nil, server: nil,
            engineRest: .masked,
            commit: .engine, deadManMinutes: nil, onFailure: .hold, retryReverted: false,
            acceptsNoReturn: true, movesLeader: false, etcdAfter: nil, units: nil, deis: nil, nodes: nil,
            overrides: [], purpose: .upgrade, platform: platform, stopAfter: nil, operatorName: "simulated",
            createdAt: "")
    }
}

extension RolloutMachine {
    /// True if so many steps are proved, and nothing was done for the next one.
    func isBeforeStep(_ number: Int) -> Bool {
        guard case .platform(let upgrade) = state.top else { return false }
        return upgrade.place.way == .forward && upgrade.place.index == number && upgrade.place.isBetweenSteps
    }
}
