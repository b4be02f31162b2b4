import AgentProtocol
import Testing

@testable import HostAgent

@Suite struct RebootTests {
    @Test func rebootsOnce() async throws {
        let host = SimulatedHost()
        try await host.stage()
        let before = host.bootID
        #expect(try await host.askReboot() == .rebooting(BootMark(bootID: before)))
        #expect(try host.record().phase == .rebooting)
        #expect(host.with { $0.rebootsAsked } == 1)

        // The command was lost with the connection: asked again in the same boot, it goes again.
        #expect(try await host.askReboot() == .rebooting(BootMark(bootID: before)))
        host.reboot()
        #expect(try await host.askReboot(bootID: before) == .rebooted(BootMark(bootID: host.bootID)))
        #expect(host.with { $0.rebootsAsked } == 2)
        #expect(host.with { $0.runningVersion } == "1353.8.0")
    }

    @Test func onlyWhatIsStaged() async throws {
        let host = SimulatedHost()
        #expect(try await host.askReboot().refusal == .phaseUnsuitable)
        try await host.stage()
        #expect(try await host.askReboot(version: "1409.7.0").refusal == .versionDiffers)
        host.with { state in state.partitions[4]?.priority = 0 }
        #expect(try await host.askReboot().refusal == .phaseUnsuitable)
        #expect(host.with { $0.rebootsAsked } == 0)
    }

    @Test func thePhaseIsDurableBeforeTheHostGoesDown() async throws {
        let host = SimulatedHost()
        try await host.stage()
        host.with { $0.commands = [] }
        try await host.askReboot()
        let reboot = try #require(host.with { $0.commands }.last)
        #expect(reboot == "systemctl --no-block reboot")
        #expect(host.said.last == .rebooting(BootMark(bootID: host.bootID)))
    }
}
