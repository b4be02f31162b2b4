import RolloutModel
import Testing

/// Bad input is refused before anything is touched. Each input is a row, and holds by its own name.
@Suite struct PlatformCheckTests {
    @Test(arguments: PlatformWish.Way.allCases) func aWholePlatformIsHeldByNothing(way: PlatformWish.Way) {
        #expect(SamplePlatform().check(way) == [])
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var ways: [PlatformWish.Way]
        var names: [String]
        var spoil: @Sendable (inout SamplePlatform) -> Void

        init(
            _ description: String, _ names: String..., ways: [PlatformWish.Way] = PlatformWish.Way.allCases,
            _ spoil: @escaping @Sendable (inout SamplePlatform) -> Void
        ) {
            testDescription = description
            self.names = names
            self.ways = ways
            self.spoil = spoil
        }
    }

    static let rows: [Row] = [
        Row("templates missing", "templatesMissing") {
            $0.deisctls[.new] = SamplePlatform.deisctl(SamplePlatform.new, lacking: ["deis-router.service"])
        },
        Row("no directory of templates", "templatesUnreadable") {
            $0.deisctls[.old]?.templates = .unknown("there is no directory '/units'")
        },
        Row("wrong old binary", "deisctlDiffers") {
            $0.deisctls[.old] = SamplePlatform.deisctl(PlatformVersion(1, 12, 3))
        },
        Row("wrong new binary", "deisctlDiffers") {
            $0.deisctls[.new] = SamplePlatform.deisctl(SamplePlatform.old)
        },
        Row("a binary that does not run", "deisctlUnusable") {
            $0.deisctls[.new]?.version = .unknown("exec format error")
        },
        Row("image key left", "imageKept") {
            $0.facts.settings = .seen(
                PlatformSettings(
                    version: SamplePlatform.old.tag, domain: "example.org",
                    images: [.router: "deis/router:v1.9.0"]))
        },
        Row("no registry@", "componentAbsent", ways: [.documented]) {
            $0.remove([PlatformUnit(.registry, 1)])
        },
        Row("no store-gateway@", "componentAbsent", ways: [.documented]) {
            $0.remove([PlatformUnit(.storeGateway, 1)])
        },
        Row("fewer hosts than routers", "routersTooMany") {
            $0.facts.machines = .seen([PlatformMachine(id: MachineID("m1"), address: nil)])
        },
        Row("one router", "loneRouter", ways: [.graceful, .documented]) {
            $0.remove([PlatformUnit(.router, 2), PlatformUnit(.router, 3)])
        },
        Row("router@2 missing", "routerNumberMissing", ways: [.documented]) {
            $0.remove([PlatformUnit(.router, 2)])
        },
        Row("an application called router", "applicationsLikeRouters", ways: [.documented]) {
            $0.changeJobs { $0.likeRouters = ["router-api_v2.web.1.service"] }
        },
        Row("etcd without quorum", "platformUnreadable") {
            $0.facts.jobs = .unknown("etcd answered 500 for /_coreos.com/fleet/job")
        },
        Row("a sick member of etcd", "platformEtcdUnwell") {
            $0.facts.etcd = .seen(SamplePlatform.etcd(unwell: ["e2"]))
        },
        Row("a unit that is down", "unitsNotRunning") {
            $0.set([PlatformUnit(.builder)], .launched, "activating", "start-pre")
        },
        Row("a unit that fails over and over", "unitsFailing", "unitsNotRunning") {
            $0.set([PlatformUnit(.logger)], .launched, "activating", "auto-restart")
        },
        Row("a router that is not well", "routerUnwell") {
            $0.facts.routers[PlatformUnit(.router, 2)] = SamplePlatform.router(health: 503)
        },
        Row("controller of another API version", "controllerAPIUnknown") {
            $0.facts.controller = .seen(ControllerView(version: SamplePlatform.old, api: "2.0"))
        },
        Row("a controller that does not answer", "controllerSilent") {
            $0.facts.controller = .unknown("nothing answers")
        },
        Row("a malformed address", "addressesMalformed") {
            $0.publish([SamplePlatform.key(1, ttl: 15, value: "10.0.0.1:")])
        },
        Row("a version that is none", "platformVersionUnknown") {
            $0.facts.settings = .seen(PlatformSettings(version: "stateless-platform", domain: "example.org"))
        },
        Row("no domain", "platformDomainUnset") {
            $0.facts.settings = .seen(PlatformSettings(version: SamplePlatform.old.tag, domain: nil))
        },
    ]

    @Test(arguments: rows) func badInputHolds(row: Row) {
        for way in PlatformWish.Way.allCases {
            var platform = SamplePlatform()
            row.spoil(&platform)
            #expect(platform.check(way).names == (row.ways.contains(way) ? row.names : []), "\(way)")
        }
    }

    struct Path: Sendable {
        var from: PlatformVersion
        var to: PlatformVersion
        var names: [PlatformWish.Way: [String]]
    }

    @Test(
        arguments: [
            Path(
                from: PlatformVersion(1, 8, 0), to: PlatformVersion(1, 13, 4),
                names: [.graceful: ["gracefulTooOld"], .documented: ["gracefulTooOld"]]),
            Path(
                from: PlatformVersion(1, 9, 0), to: PlatformVersion(1, 10, 1),
                names: [.documented: ["takeoverTooOld"]]),
            Path(from: PlatformVersion(1, 9, 0), to: PlatformVersion(1, 11, 0), names: [:]),
            Path(
                from: PlatformVersion(1, 13, 4), to: PlatformVersion(2, 0, 0),
                names: [
                    .inPlace: ["majorDiffers"], .graceful: ["majorDiffers"], .documented: ["majorDiffers"],
                ]),
            Path(
                from: PlatformVersion(1, 13, 4), to: PlatformVersion(1, 13, 4),
                names: [
                    .inPlace: ["versionNotHigher"], .graceful: ["versionNotHigher"],
                    .documented: ["versionNotHigher"],
                ]),
            Path(
                from: PlatformVersion(1, 13, 4), to: PlatformVersion(1, 12, 0),
                names: [
                    .inPlace: ["versionNotHigher"], .graceful: ["versionNotHigher"],
                    .documented: ["versionNotHigher"],
                ]),
        ])
    func aWayBeginsAtItsVersion(path: Path) {
        let platform = SamplePlatform(path.from, to: path.to)
        for way in PlatformWish.Way.allCases {
            #expect(platform.check(way, to: path.to).names == path.names[way] ?? [], "\(way)")
        }
    }

    @Test func anImageThatIsMeantHoldsNothing() {
        var platform = SamplePlatform()
        platform.facts.settings = .seen(
            PlatformSettings(
                version: SamplePlatform.old.tag, domain: "example.org", images: [.router: "mine/router:1"]))
        let wish = PlatformWish(way: .graceful, version: SamplePlatform.new, keptImages: [.router])
        #expect(PlatformCheck(wish, platform.facts, deisctls: platform.deisctls).holds == [])
    }

    @Test(arguments: [(nil, ["proxyProtocolUnsaid"]), (true, []), (false, [])] as [(Bool?, [String])])
    func theProxyProtocolIsAskedForOnAmazon(said: Bool?, names: [String]) {
        let platform = SamplePlatform()
        let wish = PlatformWish(
            way: .inPlace, version: SamplePlatform.new, proxyProtocol: said, asksForProxyProtocol: true)
        #expect(PlatformCheck(wish, platform.facts, deisctls: platform.deisctls).holds.names == names)
    }

    /// A platform that keeps its data elsewhere has no gateway that could be missing.
    @Test func aStatelessPlatformIsTold() {
        let platform = SamplePlatform(isStateless: true)
        #expect(platform.baseline?.isStateless == true)
        #expect(SamplePlatform().baseline?.isStateless == false)
        #expect(platform.check(.documented) == [])
    }
}
