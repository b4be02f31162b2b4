/// The proofs that applications are served: their addresses in etcd, and the answers through routers.
extension PlatformJudge {
    func keyHolds(_ needed: Duration) -> [PlatformHold] {
        seen(facts.services, "the applications' addresses") { services in
            let short = services.keys.compactMap(\.ttl).filter { $0 < needed }
            guard let least = short.min() else { return missingHolds(services.keys) }
            return [.addressesRunOut(count: short.count, least: least, needed: needed)]
                + missingHolds(services.keys)
        }
    }

    var publishedHolds: [PlatformHold] {
        seen(facts.services, "the applications' addresses") { services in
            let outliving = services.keys.filter(\.isHeld).map(\.name)
            return (outliving.isEmpty ? [] : [.addressesOutlive(keys: outliving.sorted())])
                + missingHolds(services.keys)
        }
    }

    var republishedHolds: [PlatformHold] {
        seen(facts.services, "the applications' addresses") { services in
            missingHolds(services.keys.filter { !$0.isHeld })
        }
    }

    /// Applications with fewer containers than before, or without a container of a release of before.
    private func missingHolds(_ keys: [ServiceKey]) -> [PlatformHold] {
        let published = Dictionary(grouping: keys, by: \.application)
        let missing = baseline.applications.filter { application in
            let keys = published[application.name] ?? []
            return keys.count < application.count
                || !Set(application.releases).isSubset(of: Set(keys.compactMap(\.release)))
        }.map(\.name)
        return missing.isEmpty ? [] : [.applicationsUnpublished(applications: missing)]
    }

    func otherRouterHolds(_ router: PlatformUnit?) -> [PlatformHold] {
        let others = baseline.units.of(.routing).filter { $0 != router }
        guard !others.isEmpty else {
            return router.map { [.noOtherRouter(router: $0.target)] } ?? []
        }
        return others.flatMap(routerHolds)
    }

    func routerHolds(_ router: PlatformUnit) -> [PlatformHold] {
        guard let view = facts.routers[router] else {
            return [.routerUnwell(router: router.target, why: "it has no place")]
        }
        switch view.health {
        case .unknown(let why): return [.routerUnwell(router: router.target, why: why)]
        case .seen(200): return darkHolds(view, router)
        case .seen(let status):
            return [.routerUnwell(router: router.target, why: "its health check answers \(status)")]
        }
    }

    private func darkHolds(_ view: RouterView, _ router: PlatformUnit) -> [PlatformHold] {
        let dark = baseline.applications.filter { application in
            guard let before = application.status else { return false }
            return !Self.isAsGood(view.answers[application.name]?.value, as: before)
        }.map(\.name)
        return dark.isEmpty ? [] : [.applicationsDark(applications: dark, router: router.target)]
    }

    /// True if an answer is as good as before. An application that failed before is not waited for. An
    /// application that answered must answer in the same way, or well.
    private static func isAsGood(_ now: Int?, as before: Int) -> Bool {
        guard before < 500 else { return true }
        guard let now else { return false }
        return now == before || (200..<400).contains(now)
    }
}
