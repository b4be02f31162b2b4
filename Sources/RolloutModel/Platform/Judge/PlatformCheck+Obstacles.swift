extension PlatformCheck {
    /// The obstacles on the platform that a way of upgrading cannot deal with.
    var obstacleHolds: [PlatformHold] {
        guard let jobs = facts.jobs.value, let machines = facts.machines.value,
            let services = facts.services.value
        else { return [] }
        let routers = jobs.units.of(.routing)
        let malformed = services.keys.filter { !$0.isWellFormed }.map { "\($0.application)/\($0.name)" }
        var holds: [PlatformHold] = []
        if routers.count > machines.count {
            holds.append(.routersTooMany(routers: routers.count, machines: machines.count))
        }
        if !malformed.isEmpty { holds.append(.addressesMalformed(keys: malformed.sorted())) }
        guard wish.way != .inPlace else { return holds }
        if routers.count < 2 { holds.append(.loneRouter(routers: routers.count)) }
        return holds + (wish.way == .documented ? documentedHolds(jobs, routers) : [])
    }

    /// The obstacles of the documented way. deisctl counts routers, and takes any name that begins with
    /// that word for a router. deisctl does nothing of a group with a component that is not there.
    private func documentedHolds(_ jobs: PlatformJobs, _ routers: [PlatformUnit]) -> [PlatformHold] {
        let numbers = Set(routers.compactMap(\.number))
        let absent = [PlatformComponent.registry, .storeGateway].filter { component in
            // A platform without a store has no gateway, and its deisctl is told so.
            jobs.units.of([component]).isEmpty
                && (component != .storeGateway || !jobs.units.of(.storage).isEmpty)
        }
        return (1...max(1, routers.count)).filter { !numbers.contains($0) }.map {
            .routerNumberMissing(number: $0)
        }
            + (jobs.likeRouters.isEmpty ? [] : [.applicationsLikeRouters(applications: jobs.likeRouters)])
            + absent.map { .componentAbsent(component: $0) }
    }
}
