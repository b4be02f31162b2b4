extension PlatformHold {
    public var says: String {
        switch self {
        case .platformUnreadable(let part, let why): "\(part) could not be read: \(why)"
        case .platformEtcdUnwell(let members): "members of etcd are not healthy: \(Names.text(members))"
        case .platformMachineMissing(let machine, let address):
            "fleet does not list machine \(machine.rawValue.prefix(8))\(address.map { " (\($0))" } ?? "") any more"
        case .platformVersionUnknown(let found?):
            "/deis/platform/version in etcd is '\(found)', which is no version"
        case .platformVersionUnknown(nil): "/deis/platform/version in etcd is not set"
        case .platformDomainUnset: "/deis/platform/domain in etcd is not set"
        case .controllerSilent(let why): "the controller does not answer: \(why)"
        case .controllerAPIUnknown(let api):
            "the controller has version \(api) of its API, which turnstile was not made for"
        case .majorDiffers(let from, let to):
            "the platform is \(from), and \(to) is another major version: no upgrade leads there"
        case .versionNotHigher(let from, let to): "the platform is \(from) already, and \(to) is not higher"
        case .gracefulTooOld(let from):
            "the platform is \(from): a graceful upgrade begins at \(PlatformVersion.firstGraceful)"
        case .takeoverTooOld(let deisctl):
            """
            the new deisctl is \(deisctl): before \(PlatformVersion.firstTakeover) its takeover restarts every router at \
            once, and installs a store where there is none
            """
        case .deisctlUnusable(let side, let why): "the \(side) deisctl cannot be used: \(why)"
        case .deisctlDiffers(let side, let found, let wanted):
            "the \(side) deisctl is \(found), not \(wanted)"
        case .templatesMissing(let side, let files):
            "the directory of the \(side) deisctl's templates lacks \(Names.text(files))"
        case .templatesUnreadable(let side, let why):
            "the \(side) deisctl's templates cannot be read: \(why)"
        case .imageKept(let component, let image):
            "\(component) has an image of its own ('\(image)' in /deis/\(component)/image), and would not be upgraded"
        case .proxyProtocolUnsaid:
            "whether the load balancer speaks the PROXY protocol is not said, and the platform may be from before 1.6"
        case .routersTooMany(let routers, let machines):
            "\(routers) routers are to run on \(machines) \(machines == 1 ? "machine" : "machines"): one machine has one"
        case .loneRouter(let routers):
            "there \(routers == 1 ? "is one router" : "is no router"): no other one serves while it is renewed"
        case .routerNumberMissing(let number):
            "there is no router@\(number): deisctl counts routers from 1, and would miss the last one"
        case .applicationsLikeRouters(let applications):
            "deisctl would take containers of these applications for routers: \(Names.text(applications))"
        case .componentAbsent(let component):
            "there is no unit of \(component): deisctl would leave its whole group running, the database included"
        case .addressesMalformed(let keys):
            "routers cannot use these addresses of containers: \(Names.text(keys))"
        case .backupMissing: "no backup was made for this upgrade"
        case .unitsStillRun(let units): "these are to be stopped, and run: \(Names.text(units))"
        case .controlPlaneRuns(let units):
            "the store is not stopped while these use it: \(Names.text(units))"
        case .unitsLeft(let units): "fleet still has \(Names.text(units))"
        case .installWouldStop(let units):
            "these are to run, and an installation would stop them: \(Names.text(units))"
        case .unitsNotInstalled(let units): "fleet does not have \(Names.text(units))"
        case .unitsWithoutPlace(let units): "no machine can take \(Names.text(units))"
        case .unitsOld(let units): "these are installed as they were before: \(Names.text(units))"
        case .deisctlAtWork(let hosts):
            "a deisctl of this procedure still runs on \(Names.text(hosts.map(\.rawValue)))"
        case .unitsNotRunning(let units): "these do not run: \(Names.text(units))"
        case .unitsFailing(let units): "these fail: \(Names.text(units))"
        case .versionKeyDiffers(let found, let wanted):
            "/deis/platform/version in etcd is \(Self.quoted(found)), not '\(wanted.tag)'"
        case .proxyProtocolDiffers(let found, let wanted):
            "/deis/router/proxyProtocol in etcd is \(Self.quoted(found)), not \(Self.quoted(wanted))"
        case .addressesRunOut(let count, let least, let needed):
            """
            \(count) addresses of containers run out in less than \(needed.wholeSeconds) s, the first one in \
            \(least.wholeSeconds) s
            """
        case .addressesOutlive(let keys):
            "the publisher does not write these addresses any more, and they stay: \(Names.text(keys))"
        case .applicationsUnpublished(let applications):
            "these applications are not published as before: \(Names.text(applications))"
        case .applicationsDark(let applications, let router):
            "these applications do not answer through \(router) as before: \(Names.text(applications))"
        case .routerUnwell(let router, let why): "\(router) is not well: \(why)"
        case .noOtherRouter(let router): "no router but \(router) would serve"
        case .controllerDiffers(let found, let wanted):
            "the controller that answers is \(found), not \(wanted)"
        case .deisctlRefused(let said): "deisctl did not do it: \(said)"
        case .stepWithoutEffect(let step, let asks, let why):
            "step '\(step)' was asked for \(asks) times without effect: \(why)"
        case .databaseWouldMigrate(let from, let to):
            "the next step starts the database of \(to), which may change its data: from then on no way leads back to \(from)"
        }
    }

    private static func quoted(_ value: String?) -> String { value.map { "'\($0)'" } ?? "not set" }

    public var brief: String {
        switch self {
        case .platformUnreadable(let part, _): "\(part) could not be read"
        case .controllerSilent: "the controller does not answer"
        case .addressesRunOut: "addresses of containers run out"
        case .routerUnwell(let router, _): "\(router) is not well"
        case .unitsNotRunning: "units do not run yet"
        default: says
        }
    }
}
