import AgentProtocol
import Testing

@testable import HostAgent

@Suite struct OfferTests {
    @Test(arguments: [
        ("1353.8.0", nil, true), ("1353.8.0", "1353.8.0", true), ("1353.8.0", "1409.7.0", false),
        // The client installs a lower one where a server offers it.
        ("1235.6.0", nil, false), ("1235.6.0", "1235.6.0", false),
        // The one that runs: the engine would take it for an update.
        ("1298.5.0", nil, false), ("1298.5.0", "1353.8.0", false),
        ("a-build", nil, true),
    ])
    func rule(offered: String, target: String?, isTaken: Bool) {
        let objection = OfferRule.objection(to: offered, target: target, running: "1298.5.0")
        #expect((objection == nil) == isTaken)
    }

    @Test(arguments: [true, false])
    func aLowerVersionIsDisarmed(fillsNewVersion: Bool) async throws {
        let host = SimulatedHost {
            $0.offers = ["stable": "1235.6.0"]
            $0.fillsNewVersion = fillsNewVersion
        }
        #expect(try await host.stage(target: nil).failure == .offeredOlder)
        #expect(!host.table.isArmed && host.unit.isMasked)
        host.reboot()
        #expect(host.with { $0.runningVersion } == "1298.5.0")
    }

    @Test(
        "found by the engine's status, by its log, on the partition",
        arguments: [(true, 5), (false, 5), (false, 0), (true, 0)], [nil, "1353.8.0"])
    func theRunningVersionIsNoUpdate(engine: (fillsNewVersion: Bool, downloadSeconds: Int), target: String?)
        async throws
    {
        let host = SimulatedHost {
            $0.offers = ["stable": "1298.5.0"]
            $0.fillsNewVersion = engine.fillsNewVersion
            $0.downloadSeconds = engine.downloadSeconds
        }
        let answer = try await host.stage(target: target)
        #expect(
            answer
                == .nothingOffered(
                    NothingOffered(runningVersion: "1298.5.0", group: "stable", offered: "1298.5.0")))
        #expect(!host.table.isArmed && !host.table.other.isBootable && !host.isPending)
        #expect(host.configuration?.text == "GROUP=beta\nREBOOT_STRATEGY=off\n")
        host.reboot()
        #expect(host.table.booted.label == "USR-A")
    }

    @Test func aLowerTargetIsNotAskedFor() async throws {
        let host = SimulatedHost { $0.offers = ["stable": "1235.6.0"] }
        #expect(try await host.stage(target: "1235.6.0").refusal == .versionDiffers)
        #expect(host.with { $0.commands }.allSatisfy { !$0.hasPrefix("update_engine_client") })
    }
}
