extension PlatformHold {
    public var remedy: Remedy {
        switch self {
        case .platformUnreadable, .platformEtcdUnwell, .platformMachineMissing, .platformVersionUnknown,
            .platformDomainUnset, .controllerSilent, .controllerAPIUnknown:
            readingRemedy
        case .majorDiffers, .versionNotHigher, .gracefulTooOld, .takeoverTooOld, .deisctlUnusable,
            .deisctlDiffers, .templatesMissing, .templatesUnreadable, .imageKept, .proxyProtocolUnsaid:
            wishRemedy
        case .routersTooMany, .loneRouter, .routerNumberMissing, .applicationsLikeRouters, .componentAbsent,
            .addressesMalformed, .backupMissing:
            obstacleRemedy
        case .unitsStillRun, .controlPlaneRuns, .unitsLeft, .unitsOld, .deisctlAtWork, .installWouldStop,
            .unitsNotInstalled,
            .unitsWithoutPlace, .unitsNotRunning, .unitsFailing, .versionKeyDiffers,
            .proxyProtocolDiffers, .deisctlRefused, .stepWithoutEffect:
            unitRemedy
        case .addressesRunOut, .addressesOutlive, .applicationsUnpublished, .applicationsDark, .routerUnwell,
            .noOtherRouter, .controllerDiffers:
            servingRemedy
        case .databaseWouldMigrate:
            [
                "be sure of the backup of database and store, made while they ran: it is the only way back afterwards",
                "if you accept that no way leads back, say so with \(option: "yes"), as below",
                "or go back to the old version while that is possible: \(or: .abandon())",
            ]
        }
    }

    private var readingRemedy: Remedy {
        switch self {
        case .platformEtcdUnwell:
            ["mend etcd first: see \(run: "etcdctl cluster-health", .anyHost)"]
        case .platformMachineMissing:
            [
                "see \(run: "fleetctl list-machines", .anyHost), and bring the machine back",
                "its units are waited for on the machines that they ran on",
            ]
        case .platformVersionUnknown:
            [
                """
                set the version that runs, which the controller tells with every answer: \
                \(run: "deisctl config platform set version=v1.13.4", .anyHost)
                """
            ]
        case .platformDomainUnset:
            ["set it: \(run: "deisctl config platform set domain=DOMAIN", .anyHost)"]
        case .controllerSilent:
            [
                "see \(run: "deisctl list", .anyHost) and \(run: "deisctl journal controller", .anyHost)",
                "or, where the controller is under another name than deis.DOMAIN, say \(option: "controller", "URL")",
            ]
        case .controllerAPIUnknown:
            ["do this by hand: turnstile knows the API of 1.8 to 1.13.4"]
        default:
            [
                """
                make \(set: "gates.etcd.endpoint") answer /v2/keys/deis and /v2/keys/_coreos.com/fleet on one of the hosts: \
                Deis and fleet keep their state there
                """
            ]
        }
    }

    private var wishRemedy: Remedy {
        switch self {
        case .majorDiffers:
            ["move the applications to a new cluster"]
        case .versionNotHigher:
            [
                "nothing is to be done for the version that runs",
                "to go back to an older one, restore a backup into a new cluster",
            ]
        case .gracefulTooOld, .takeoverTooOld:
            ["take the way in place: its downtime is announced in its plan"]
        case .deisctlUnusable(let side, _), .deisctlDiffers(let side, _, _):
            [
                "name another one with \(option: side.option, "PATH")",
                "an upgrade that has begun takes none but those of its plan: put these back as they were",
            ]
        case .templatesMissing(let side, _), .templatesUnreadable(let side, _):
            [
                "fetch them into a new, empty directory: \(run: "deisctl refresh-units -p DIRECTORY", .here)",
                "name that with \(option: side.templatesOption, "DIRECTORY")",
            ]
        case .imageKept(let component, _):
            [
                """
                take it away if it is not meant: \(run: "deisctl config \(component) rm image", .anyHost); the component's \
                next start takes the version's image
                """,
                "or say that it is meant with \(option: "keep-image", component.rawValue)",
            ]
        default:
            [
                """
                say \(option: "proxy-protocol", "on") if the balancer speaks it on ports 80 and 443 (clusters on AWS that were \
                made before 1.6 and have been given the listener TCP 443:443), otherwise \(option: "proxy-protocol", "off")
                """
            ]
        }
    }

    private var obstacleRemedy: Remedy {
        switch self {
        case .routersTooMany:
            ["take a router away: \(run: "deisctl scale router=NUMBER", .anyHost); or add a machine"]
        case .loneRouter:
            [
                "start a second router first: \(run: "deisctl scale router=2", .anyHost)",
                "or take the way in place, which has a downtime",
            ]
        case .routerNumberMissing, .applicationsLikeRouters, .componentAbsent:
            ["leave out \(option: "documented"): the other way takes each unit by its own name"]
        case .addressesMalformed:
            [
                """
                take a wrong key away if its container is gone: \
                \(run: "etcdctl rm /deis/services/APPLICATION/KEY", .anyHost); the publisher writes those of living containers \
                anew
                """
            ]
        default:
            [
                "make one: \(or: .platform(.backup))",
                "or say that there is one with \(option: "backed-up")",
            ]
        }
    }

    private var unitRemedy: Remedy {
        switch self {
        case .controlPlaneRuns:
            [
                """
                see why they run: \(run: "deisctl list", .anyHost); the database is stopped while the store still runs, \
                because its last backup goes there
                """
            ]
        case .unitsWithoutPlace:
            [
                """
                see \(run: "fleetctl list-machines", .anyHost): a machine is missing, has another role, or has such a unit \
                already
                """
            ]
        case .unitsNotRunning, .unitsFailing:
            [
                """
                see \(run: "deisctl list", .anyHost), and on the unit's machine \
                \(run: "journalctl -u UNIT -n 100", .anyHost): the first start of a version pulls its image
                """,
                "or start what was stopped: \(run: "deisctl start UNIT", .anyHost)",
            ]
        case .versionKeyDiffers, .proxyProtocolDiffers:
            ["somebody else changed it: make sure that nobody else upgrades this platform"]
        case .deisctlAtWork:
            ["\(.wait): it is ended after 40 min at the latest"]
        case .deisctlRefused:
            ["mend what it says, then \(.next)"]
        case .installWouldStop:
            ["see \(run: "deisctl list", .anyHost): stop by hand what is not to run"]
        default:
            ["see \(run: "deisctl list", .anyHost) and \(run: "fleetctl list-unit-files", .anyHost)"]
        }
    }

    private var servingRemedy: Remedy {
        switch self {
        case .addressesRunOut:
            [
                """
                start the publisher if it does not run: \(run: "deisctl install publisher", .anyHost), \
                \(run: "deisctl start publisher", .anyHost)
                """
            ]
        case .addressesOutlive:
            ["their containers are gone: \(.wait), or start the applications' containers again"]
        case .applicationsUnpublished, .applicationsDark:
            [
                "see \(run: "deisctl list", .anyHost) and \(run: "etcdctl ls --recursive /deis/services", .anyHost)",
                "an application that broke by itself meanwhile holds as well: mend it, or scale it to nothing",
            ]
        case .controllerDiffers:
            ["see which image runs: \(run: "docker ps", .anyHost) on the controller's machine"]
        default:
            [
                """
                see \(run: "deisctl list", .anyHost) and \(run: "curl http://ROUTER:9090/health-check", .anyHost): the router \
                must answer 200
                """
            ]
        }
    }
}
