/// Why a procedure of the platform holds.
public enum PlatformHold: Hold {
    // MARK: The platform, as it is read
    case platformUnreadable(part: String, why: String)
    case platformEtcdUnwell(members: [String])
    case platformMachineMissing(machine: MachineID, address: String?)
    /// `found` is what `/deis/platform/version` has instead of a version; nil where it is not set.
    case platformVersionUnknown(found: String?)
    case platformDomainUnset
    case controllerSilent(why: String)
    /// A version of the controller's API that turnstile was not made for.
    case controllerAPIUnknown(api: String)

    // MARK: What was asked for
    case majorDiffers(from: PlatformVersion, to: PlatformVersion)
    case versionNotHigher(from: PlatformVersion, to: PlatformVersion)
    case gracefulTooOld(from: PlatformVersion)
    case takeoverTooOld(deisctl: PlatformVersion)
    case deisctlUnusable(side: DeisctlSide, why: String)
    case deisctlDiffers(side: DeisctlSide, found: PlatformVersion, wanted: PlatformVersion)
    case templatesMissing(side: DeisctlSide, files: [String])
    case templatesUnreadable(side: DeisctlSide, why: String)
    case imageKept(component: PlatformComponent, image: String)
    case proxyProtocolUnsaid

    // MARK: What stands in the way
    case routersTooMany(routers: Int, machines: Int)
    case loneRouter(routers: Int)
    /// Of the documented way: deisctl counts routers, and does not list them.
    case routerNumberMissing(number: Int)
    case applicationsLikeRouters(applications: [String])
    /// Of the documented way: deisctl does nothing at all of a group that names a component of which there is no unit.
    case componentAbsent(component: PlatformComponent)
    case addressesMalformed(keys: [String])
    case backupMissing

    // MARK: What is not proved
    case unitsStillRun(units: [String])
    case controlPlaneRuns(units: [String])
    case unitsLeft(units: [String])
    case installWouldStop(units: [String])
    case unitsNotInstalled(units: [String])
    case unitsWithoutPlace(units: [String])
    case unitsOld(units: [String])
    case deisctlAtWork(hosts: [HostID])
    case unitsNotRunning(units: [String])
    case unitsFailing(units: [String])
    case versionKeyDiffers(found: String?, wanted: PlatformVersion)
    case proxyProtocolDiffers(found: String?, wanted: String?)
    case addressesRunOut(count: Int, leastSeconds: Int, neededSeconds: Int)
    case addressesOutlive(keys: [String])
    case applicationsUnpublished(applications: [String])
    case applicationsDark(applications: [String], router: String)
    case routerUnwell(router: String, why: String)
    case noOtherRouter(router: String)
    case controllerDiffers(found: PlatformVersion, wanted: PlatformVersion)
    /// deisctl said why it did not do what it was told.
    case deisctlRefused(said: String)
    /// A step was asked for so often, and its proof is seen to be absent.
    case stepWithoutEffect(step: StepID, asks: Int, why: String)

    // MARK: A person's word
    case databaseWouldMigrate(from: PlatformVersion, to: PlatformVersion)

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension PlatformHold {
    public var gate: String { "platform" }

    public var subject: HostID? { nil }

    /// True if it says that something could not be seen, and not what was seen.
    public var isUnknown: Bool {
        switch self {
        case .platformUnreadable: true
        default: false
        }
    }

    public var patience: Patience {
        switch self {
        case .platformUnreadable, .platformEtcdUnwell, .platformMachineMissing, .controllerSilent,
            .unitsStillRun, .controlPlaneRuns, .unitsLeft, .unitsOld, .deisctlAtWork, .unitsNotInstalled,
            .unitsWithoutPlace,
            .unitsNotRunning, .unitsFailing, .versionKeyDiffers, .proxyProtocolDiffers, .addressesRunOut,
            .addressesOutlive,
            .applicationsUnpublished, .applicationsDark, .routerUnwell, .noOtherRouter, .controllerDiffers:
            .mending
        case .platformVersionUnknown, .platformDomainUnset, .controllerAPIUnknown, .majorDiffers,
            .versionNotHigher, .gracefulTooOld, .takeoverTooOld, .deisctlUnusable, .deisctlDiffers,
            .templatesMissing, .templatesUnreadable, .imageKept, .proxyProtocolUnsaid, .routersTooMany,
            .loneRouter, .routerNumberMissing, .applicationsLikeRouters, .componentAbsent,
            .addressesMalformed, .backupMissing, .installWouldStop, .deisctlRefused, .stepWithoutEffect:
            .act
        case .databaseWouldMigrate: .word(.noReturn)
        }
    }

    public var rank: HoldRank {
        switch self {
        case .platformEtcdUnwell: .etcdMember
        case .platformMachineMissing: .fleetMember
        case .platformUnreadable: .throughHosts
        case .controlPlaneRuns, .unitsStillRun, .unitsLeft, .unitsOld, .unitsNotInstalled, .unitsWithoutPlace,
            .unitsNotRunning, .unitsFailing:
            .units
        default: .deis
        }
    }
}
