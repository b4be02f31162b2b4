import RolloutModel
import Testing

@Suite struct PlatformVersionTests {
    @Test(arguments: ["1.13.4", "v1.13.4"]) func aTagIsTheSameVersion(text: String) {
        #expect(PlatformVersion(text) == PlatformVersion(1, 13, 4))
        #expect(PlatformVersion(text)?.tag == "v1.13.4")
    }

    @Test(arguments: [
        "", "v", "1.13", "1.13.4-dev", "1.13.4+git-1", "vv1.13.4", "1.13.04", " 1.13.4", "latest",
    ])
    func anythingElseIsNone(text: String) {
        #expect(PlatformVersion(text) == nil)
    }

    @Test func versionsAreComparedByNumber() {
        #expect(PlatformVersion(1, 9, 1) < PlatformVersion(1, 10, 0))
        #expect(PlatformVersion(1, 13, 4) < PlatformVersion(2, 0, 0))
    }

    @Test func everyRowOfTheTableIsRead() {
        #expect(PlatformRelease.known.count == 28)
        #expect(PlatformRelease.known.map(\.version) == PlatformRelease.known.map(\.version).sorted())
    }

    @Test(
        arguments: [
            (PlatformVersion(1, 8, 0), "647.2.0", "1.5"), (PlatformVersion(1, 7, 0), "647.2.0 or later", nil),
            (PlatformVersion(1, 12, 3), "835.12.0", "1.7"), (PlatformVersion(1, 13, 4), "1068.8.0", "1.7"),
        ] as [(PlatformVersion, String, String?)])
    func aReleaseHasItsCoreOS(version: PlatformVersion, coreOS: String, api: String?) throws {
        let release = try #require(PlatformRelease.of(version))
        #expect(release.coreOS.description == coreOS)
        #expect(release.api == api)
    }
}

@Suite struct PlatformUnitTests {
    @Test(arguments: PlatformComponent.allCases) func aUnitIsReadAgainFromItsNames(
        component: PlatformComponent
    ) {
        let unit = PlatformUnit(component, component.isNumbered ? 3 : nil)
        #expect(PlatformUnit(name: unit.name) == unit)
        #expect(PlatformUnit(target: unit.target) == unit)
    }

    @Test(arguments: [
        "deis-router.service", "deis-router@0.service", "deis-router@256.service", "deis-router@01.service",
        "deis-router@1@2.service", "deis-builder@1.service", "deis-nothing.service", "web_v3.web.1.service",
        "router@1", "deis-router@*.service", "deis-router@+1.service",
    ])
    func anythingElseIsNoUnit(name: String) {
        #expect(PlatformUnit(name: name) == nil)
    }

    /// Every component is in both orders, but for the unit for administrators, which is never started.
    @Test func theOrdersHaveEveryComponent() {
        let stop = PlatformComponent.stopOrder.flatMap(\.self)
        let start = PlatformComponent.startOrder.flatMap(\.self)
        #expect(Set(stop) == Set(PlatformComponent.allCases))
        #expect(Set(start) == Set(PlatformComponent.allCases).subtracting([.storeAdmin]))
        #expect(stop.count == Set(stop).count && start.count == Set(start).count)
    }
}
