import RolloutModel

extension ReasonSample {
    private static let (from, to) = (PlatformVersion(1, 13, 3), PlatformVersion(1, 13, 4))
    private static let why = "it said no"

    static let platform: [HoldReason] =
        (platformRead + platformWishes + platformObstacles + platformUnits + platformServing).map {
            .platform($0)
        }

    private static let platformRead: [PlatformHold] = [
        .platformUnreadable(part: "fleet's list of units", why: why),
        .platformEtcdUnwell(members: ["core-2"]),
        .platformMachineMissing(machine: MachineID("9dfb60e0"), address: "10.0.0.12"),
        .platformVersionUnknown(found: nil), .platformVersionUnknown(found: "stateless-platform"),
        .platformDomainUnset, .controllerSilent(why: why), .controllerAPIUnknown(api: "2.0"),
    ]

    private static let platformWishes: [PlatformHold] = [
        .majorDiffers(from: from, to: PlatformVersion(2, 0, 0)), .versionNotHigher(from: to, to: from),
        .gracefulTooOld(from: PlatformVersion(1, 8, 0)), .takeoverTooOld(deisctl: PlatformVersion(1, 10, 1)),
        .deisctlUnusable(side: .old, why: why), .deisctlDiffers(side: .new, found: from, wanted: to),
        .templatesMissing(side: .new, files: ["deis-router.service"]),
        .templatesUnreadable(side: .old, why: why), .imageKept(component: .router, image: "mine/router:1"),
        .proxyProtocolUnsaid,
    ]

    private static let platformObstacles: [PlatformHold] = [
        .routersTooMany(routers: 4, machines: 3), .loneRouter(routers: 1), .routerNumberMissing(number: 2),
        .applicationsLikeRouters(applications: ["router-api_v2.web.1.service"]),
        .componentAbsent(component: .registry), .addressesMalformed(keys: ["web/web_v3.web.1"]),
        .backupMissing,
    ]

    private static let platformUnits: [PlatformHold] = [
        .unitsStillRun(units: ["database on 9dfb60e0: active/running"]),
        .controlPlaneRuns(units: ["database on 9dfb60e0: active/running"]), .unitsLeft(units: ["router@1"]),
        .installWouldStop(units: ["publisher"]), .unitsNotInstalled(units: ["router@1"]),
        .unitsWithoutPlace(units: ["router@4"]), .unitsOld(units: ["router@1"]),
        .deisctlAtWork(hosts: [RolloutSample.a]),
        .unitsNotRunning(units: ["database on 9dfb60e0: activating/start-pre"]),
        .unitsFailing(units: ["logger on 9dfb60e0: activating/auto-restart"]),
        .versionKeyDiffers(found: "v1.13.3", wanted: to),
        .proxyProtocolDiffers(found: nil, wanted: "1"), .deisctlRefused(said: why),
        .stepWithoutEffect(step: "stop-router-1", asks: 2, why: why),
    ]

    private static let platformServing: [PlatformHold] = [
        .addressesRunOut(count: 3, least: .seconds(12), needed: .seconds(300)),
        .addressesOutlive(keys: ["web_v3.web.1"]), .applicationsUnpublished(applications: ["web"]),
        .applicationsDark(applications: ["web"], router: "router@1"),
        .routerUnwell(router: "router@1", why: why),
        .noOtherRouter(router: "router@1"), .controllerDiffers(found: from, wanted: to),
        .databaseWouldMigrate(from: from, to: to),
    ]
}
