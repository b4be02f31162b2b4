import Testing

@testable import PracticeHost

/// The differences between versions of deisctl.
@Suite struct DeisctlMannerTests {
    @Test(arguments: ["upgrade-prep", "upgrade-takeover", "rolling-restart router"])
    func theOldestKnowsNoGracefulUpgrade(command: String) {
        let words = command.split(separator: " ").map(String.init)
        let outcome = ScriptedPlatform().run(words, as: PlatformVersion(1, 8, 0))
        #expect(outcome.exitCode == 1)
        #expect(outcome.out.hasPrefix("Found no matching command, try \"deisctl help\"\n"))
    }

    @Test(arguments: [
        (PlatformVersion(1, 8, 0), "Routing mesh..."), (PlatformVersion(1, 9, 1), "Router mesh..."),
        (PlatformVersion(1, 13, 4), "Router mesh..."),
    ])
    func namesTheRoutersInItsWords(version: PlatformVersion, words: String) {
        let platform = installed()
        #expect(platform.run(["stop", "platform"], as: version).out.contains("\(words)\n"))
    }

    /// The printer of 1.8 ends with its first error, and the next line waits for ever.
    @Test func theOldestHangsAfterAnError() {
        let platform = ScriptedPlatform()
        let outcome = platform.run(["stop", "platform"], as: PlatformVersion(1, 8, 0))
        #expect(outcome.exitCode == nil)
        #expect(outcome.out.hasSuffix("Routing mesh...\ncould not find unit: deis-router\n"))
        #expect(outcome.err.isEmpty)

        let single = platform.run(["stop", "nothing"], as: PlatformVersion(1, 8, 0))
        #expect(single.exitCode == 0 && single.out == "could not find unit: deis-nothing.service\n")
    }

    /// A unit that failed is waited for by 1.8, and told by later ones.
    @Test(
        arguments: [(PlatformVersion(1, 8, 0), nil), (PlatformVersion(1, 11, 2), 0)]
            as [(PlatformVersion, Int32?)])
    func aFailedUnit(version: PlatformVersion, exitCode: Int32?) {
        let platform = installed()
        platform.change { $0.starts["deis-controller.service"] = [[.failed]] }
        _ = platform.run(["stop", "controller"])
        #expect(platform.run(["start", "controller"], as: version).exitCode == exitCode)
    }

    /// 1.9 and 1.10 stop the routers that serve a second time, all at once (deis#4503).
    @Test(arguments: [
        (PlatformVersion(1, 10, 1), true), (PlatformVersion(1, 11, 2), false),
        (PlatformVersion(1, 13, 4), false),
    ])
    func takeoverInstallsRouters(version: PlatformVersion, installsThem: Bool) {
        let platform = installed()
        _ = platform.run(["upgrade-prep"], as: version)
        platform.change { $0.asked = [] }
        #expect(platform.run(["upgrade-takeover"], as: version).exitCode == 0)
        let loads = platform.now.asked.count { $0 == "loaded deis-router@2.service" }
        // The rolling restart loads it once to stop it and once to make it anew.
        #expect(loads == (installsThem ? 3 : 2))
    }

    @Test func withoutAStoreThereIsNoStoreAndNoDatabase() {
        let platform = ScriptedPlatform()
        platform.change { $0.keys["/deis/platform/domain"] = "example.org" }
        let outcome = platform.run(["install", "stateless-platform", "--router-mesh-size=2"])
        #expect(outcome.exitCode == 0 && outcome.out.contains("start stateless-platform"))
        #expect(
            platform.now.units.keys.sorted() == [
                "deis-builder.service", "deis-controller.service", "deis-logspout.service",
                "deis-publisher.service", "deis-registry@1.service", "deis-router@1.service",
                "deis-router@2.service",
            ])
        _ = platform.run(["start", "stateless-platform"])
        platform.change { $0.asked = [] }
        _ = platform.run(["upgrade-prep", "--stateless"])
        #expect(!platform.now.asked.contains { $0.contains("store") })
        #expect(platform.run(["upgrade-takeover", "--stateless"]).exitCode == 0)
    }

    /// A unit that is there already keeps its text, and is stopped.
    @Test func anInstallOfARunningUnitStopsIt() {
        let platform = installed()
        platform.change { world in
            world.units["deis-router@1.service"]?.text = "of before"
            world.asked = []
        }
        #expect(platform.run(["install", "router@1"]).exitCode == 0)
        let unit = platform.now.units["deis-router@1.service"]
        #expect(unit?.text == "of before" && unit?.states == [.dead])
    }

    @Test(arguments: [("0", 0), ("256", 1), ("three", 1)] as [(String, Int32)])
    func refusesSizesOfTheRouterMesh(size: String, exitCode: Int32) {
        let outcome = ScriptedPlatform().run(["install", "platform", "--router-mesh-size=\(size)"])
        #expect(outcome.exitCode == exitCode)
        #expect(outcome.out.hasPrefix("Error: argument --router-mesh-size: invalid value"))
    }

    /// An application of that name is counted instead of the routers.
    @Test func anApplicationCalledRouterIsCounted() {
        let platform = installed()
        platform.change { world in
            world.units["router-lab_v2.web.1.service"] = .init(states: [.running], isPlaced: true)
            world.asked = []
        }
        _ = platform.run(["rolling-restart", "router"])
        let destroyed = platform.now.asked.filter { $0.hasPrefix("destroy") }
        #expect(destroyed == ["destroy deis-router@1.service"])
    }

    private func installed() -> ScriptedPlatform {
        let platform = ScriptedPlatform()
        platform.change { $0.keys["/deis/platform/domain"] = "example.org" }
        _ = platform.run(["install", "platform"])
        _ = platform.run(["start", "platform"])
        return platform
    }
}
