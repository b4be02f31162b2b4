import Testing

@testable import PracticeHost

@Suite struct UnitNameTests {
    @Test(arguments: [
        ("controller", "deis-controller.service"), ("router@2", "deis-router@2.service"),
        ("deis-store-gateway@1.service", "deis-store-gateway@1.service"), ("router@0", "deis-router.service"),
    ])
    func readsATarget(target: String, unit: String) throws {
        #expect(try UnitTarget(target).unit == unit)
    }

    @Test(arguments: ["", "router@", "router@x", "Router", "router@1@2", "@1"])
    func refusesWhatIsNoTarget(target: String) {
        #expect(throws: DeisctlError("Could not parse target: \(target)")) { try UnitTarget(target) }
    }

    @Test(
        arguments: [
            (["router"], ["deis-router"]),
            (["router@*"], ["deis-router@1.service", "deis-router@3.service"]),
            (["controller", "registry@*"], nil),
        ] as [([String], [String]?)])
    func expandsABatchWholeOrNot(targets: [String], expanded: [String]?) {
        let search = UnitSearch(
            units: ["deis-router@1.service", "deis-router@3.service", "web_v2.web.1.service"], manner: .newest
        )
        #expect((try? search.expand(targets)) == expanded)
    }

    @Test(arguments: [
        (
            "happy-bandit_v3.web.12",
            AppContainer(application: "happy-bandit", version: 3, type: "web", number: 12)
        ),
        ("a_b_v10.cmd.1", AppContainer(application: "a_b", version: 10, type: "cmd", number: 1)),
        ("deis-router", nil), ("app_v0.web.1", nil), ("app.web.1", nil), ("_v1.web.1", nil),
        ("app_v1.web.x", nil),
    ])
    func readsTheNameOfAContainer(name: String, container: AppContainer?) {
        #expect(AppContainer(name: name) == container)
        #expect(container == nil || container?.name == name)
    }

    @Test(arguments: [
        ("deis-router@1.service", DeisComponent.router), ("deis-store-volume.service", .storeVolume),
        ("deis-nothing.service", nil), ("web.service", nil),
    ])
    func readsTheComponentOfAUnit(unit: String, component: DeisComponent?) {
        #expect(DeisComponent(unit: unit) == component)
    }

    @Test func aFileOfAReleaseSaysWhereItsUnitRuns() {
        for component in DeisComponent.allCases {
            let file = FleetUnitFile(text: UnitTemplateText.text(of: component, tag: "v1.13.4"))
            #expect(file.isGlobal == component.isGlobal)
            #expect(file.conflicts.isEmpty == !component.isNumbered)
        }
        let routers = FleetUnitFile(text: UnitTemplateText.text(of: .router, tag: "v1.13.4"))
        #expect(routers.conflicts == ["deis-router@*.service"])
        let next = FleetUnitFile(text: UnitTemplateText.text(of: .router, tag: "v1.13.5"))
        #expect(routers.hash.count == 20 && routers.hash != next.hash)
    }

    @Test(arguments: [
        ("1.8.0", "1.5"), ("v1.9.1", "1.5"), ("1.10.1", "1.6"), ("1.11.2", "1.7"), ("1.13.4", "1.7"),
    ])
    func aVersionHasItsAPI(version: String, api: String) {
        #expect(PlatformVersion(version)?.api == api)
        #expect(PlatformVersion(image: "deis/controller:v1.13.4") == PlatformVersion(1, 13, 4))
    }
}
