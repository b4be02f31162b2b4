extension PlatformFacts {
    /// The faults of the platform as it is, with nothing of before to compare with.
    public var auditHolds: [PlatformHold] {
        let unreadable = unreadable
        guard unreadable.isEmpty else { return unreadable }
        guard let settings = settings.value else { return [] }
        guard settings.version.flatMap({ PlatformVersion($0) }) != nil else {
            return [.platformVersionUnknown(found: settings.version)]
        }
        guard settings.domain != nil else { return [.platformDomainUnset] }
        guard let baseline = PlatformBaseline(self) else { return [] }
        return PlatformJudge(self, since: baseline).holds([
            .etcdWhole, .running(baseline.units), .othersServe(nil), .published,
        ]) + silentApplications + silentController
    }

    /// Applications that have a container and do not answer through some router.
    private var silentApplications: [PlatformHold] {
        let published = Set((services.value?.keys ?? []).map(\.application))
        return routers.sorted { $0.key < $1.key }.compactMap { router, view in
            guard view.health == .seen(200) else { return nil }
            let dark = view.answers.filter { published.contains($0.key) && ($0.value.value ?? 599) >= 500 }
            return dark.isEmpty
                ? nil : .applicationsDark(applications: dark.keys.sorted(), router: router.target)
        }
    }

    private var silentController: [PlatformHold] {
        switch controller {
        case .seen: []
        case .unknown(let why): [.controllerSilent(why: why)]
        }
    }
}
