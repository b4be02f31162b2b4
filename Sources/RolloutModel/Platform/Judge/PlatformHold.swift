/// The reason why a procedure of the platform holds.
public enum PlatformHold: Hold {
    // MARK: The platform, as it is read
    case platformUnreadable(part: String, why: String)
    case platformEtcdUnwell(members: [String])
    case platformMachineMissing(machine: MachineID, address: String?)
    /// The value of `/deis/platform/version` is no version. `found` is that value; nil where the key is not
    /// set.
    case platformVersionUnknown(found: String?)
    case platformDomainUnset
    case controllerSilent(why: String)
    /// The controller's API has a version that turnstile was not made for.
    case controllerAPIUnknown(api: String)

    // MARK: The wish
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

    // MARK: Obstacles
    case routersTooMany(routers: Int, machines: Int)
    case loneRouter(routers: Int)
    /// The documented way needs routers without a gap in their numbers: deisctl counts routers, and does
    /// not list them.
    case routerNumberMissing(number: Int)
    case applicationsLikeRouters(applications: [String])
    /// The documented way needs every component: deisctl does nothing at all of a group that names a
    /// component of which there is no unit.
    case componentAbsent(component: PlatformComponent)
    case addressesMalformed(keys: [String])
    case backupMissing

    // MARK: Missing proofs
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
    case addressesRunOut(count: Int, least: Duration, needed: Duration)
    case addressesOutlive(keys: [String])
    case applicationsUnpublished(applications: [String])
    case applicationsDark(applications: [String], router: String)
    case routerUnwell(router: String, why: String)
    case noOtherRouter(router: String)
    case controllerDiffers(found: PlatformVersion, wanted: PlatformVersion)
    /// deisctl said why it did not carry out a command.
    case deisctlRefused(said: String)
    /// A step was asked for so often, and the platform shows no effect of it.
    case stepWithoutEffect(step: StepID, asks: Int, why: String)

    // MARK: A person's word
    case databaseWouldMigrate(from: PlatformVersion, to: PlatformVersion)

    /// The names in a journal.
    private enum AddressesRunOutCodingKeys: String, CodingKey {
        case count
        case least = "leastSeconds"
        case needed = "neededSeconds"
    }

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension PlatformHold {
    public var gate: String { "platform" }

    public var subject: HostID? { nil }

    /// True if the hold says that something could not be seen, and names nothing that was seen.
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
