import AgentProtocol
import Testing

@testable import HostAgent

@Suite struct OfferTests {
    @Test(arguments: [
        ("1353.8.0", nil, true), ("1353.8.0", "1353.8.0", true), ("1353.8.0", "1409.7.0", false),
        // The client installs a lower one where a server offers it.
        ("1235.6.0", nil, false), ("1235.6.0", "1235.6.0", false),
        ("1298.5.0", nil, true),
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

    @Test func aLowerTargetIsNotAskedFor() async throws {
        let host = SimulatedHost { $0.offers = ["stable": "1235.6.0"] }
        #expect(try await host.stage(target: "1235.6.0").refusal == .versionDiffers)
        #expect(host.with { $0.commands }.allSatisfy { !$0.hasPrefix("update_engine_client") })
    }
}
