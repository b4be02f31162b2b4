/// A check that an upgrade can be begun, by everything that is known before anything is touched.
public struct PlatformCheck: Sendable {
    public var wish: PlatformWish
    public var facts: PlatformFacts
    public var deisctls: [DeisctlSide: DeisctlView]

    public init(_ wish: PlatformWish, _ facts: PlatformFacts, deisctls: [DeisctlSide: DeisctlView]) {
        self.wish = wish
        self.facts = facts
        self.deisctls = deisctls
    }

    /// Every reason that keeps the upgrade from being begun, and not the first one alone.
    public var holds: [PlatformHold] {
        let unreadable = facts.unreadable
        guard unreadable.isEmpty else { return unreadable }
        guard let settings = facts.settings.value,
            let installed = settings.version.flatMap({ PlatformVersion($0) })
        else { return [.platformVersionUnknown(found: facts.settings.value?.version)] }
        return (settings.domain == nil ? [.platformDomainUnset] : [])
            + versionHolds(installed) + toolHolds(installed) + imageHolds(settings) + proxyHolds(settings)
            + obstacleHolds + stateHolds
    }

    private func versionHolds(_ installed: PlatformVersion) -> [PlatformHold] {
        guard installed.number.major == wish.version.number.major else {
            return [.majorDiffers(from: installed, to: wish.version)]
        }
        guard installed < wish.version else {
            return [.versionNotHigher(from: installed, to: wish.version)]
        }
        switch wish.way {
        case .inPlace: return []
        case .graceful:
            return installed < .firstGraceful ? [.gracefulTooOld(from: installed)] : []
        case .documented:
            guard installed >= .firstGraceful else { return [.gracefulTooOld(from: installed)] }
            return wish.version < .firstTakeover ? [.takeoverTooOld(deisctl: wish.version)] : []
        }
    }

    private func imageHolds(_ settings: PlatformSettings) -> [PlatformHold] {
        settings.images.filter { !wish.keptImages.contains($0.key) }.sorted {
            $0.key.rawValue < $1.key.rawValue
        }
        .map { .imageKept(component: $0.key, image: $0.value) }
    }

    private func proxyHolds(_ settings: PlatformSettings) -> [PlatformHold] {
        guard wish.asksForProxyProtocol, wish.proxyProtocol == nil, settings.proxyProtocol == nil else {
            return []
        }
        return [.proxyProtocolUnsaid]
    }

    /// The faults of the platform's state before anything is stopped. Such a fault would be taken for the
    /// upgrade's doing.
    private var stateHolds: [PlatformHold] {
        guard let baseline = PlatformBaseline(facts) else { return [] }
        let controller: [PlatformHold] =
            switch facts.controller {
            case .unknown(let why): [.controllerSilent(why: why)]
            case .seen(let view): Self.isKnown(api: view.api) ? [] : [.controllerAPIUnknown(api: view.api)]
            }
        return PlatformJudge(facts, since: baseline).holds([
            .etcdWhole, .running(baseline.units), .othersServe(nil),
        ]) + controller
    }

    private static func isKnown(api: String) -> Bool { PlatformRelease.known.contains { $0.api == api } }
}
