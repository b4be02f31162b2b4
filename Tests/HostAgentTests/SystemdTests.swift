import AgentProtocol
import Testing

@testable import HostAgent

/// A host whose systemd is asked itself tells what it tells by systemctl.
@Suite struct SystemdTests {
    private static func service(_ name: String, _ more: String) -> String {
        "Id=\(name)\nType=simple\nActiveState=active\nSubState=running\nWantedBy=multi-user.target\n\(more)\n\n"
    }

    static let hosts: [@Sendable (inout SimulatedHost.State) -> Void] = [
        { _ in },
        { $0.unit.isMasked = false },
        { $0.unit.isMaskedForThisBoot = true },
        { $0.unit.exists = false },
        { $0.unit.isFailed = true },
        { $0.startEngine() },
        { $0.activeUnits = ["locksmithd.service", "graceful-etcd-shutdown.service", "etcd2.service"] },
        { $0.activeUnits = ["etcd.service", "etcd2.service"] },
        { $0.restartingUnits = ["locksmithd.service", "etcd-member.service"] },
        {
            $0.listedUnits = [
                ("web.service", "activating auto-restart"), ("app.service", "failed failed"),
                ("dev-sda1.device", "activating tentative"),
            ]
        },
        {
            $0.listedServices =
                service("web@1.service", "FragmentPath=/etc/systemd/system/web@.service\nTransient=no")
                + service("run-u1.service", "FragmentPath=/run/systemd/transient/a\nTransient=yes")
                + service("app.service", "FragmentPath=/usr/lib/systemd/system/app.service")
        },
    ]

    @Test(arguments: hosts.indices) func itsAnswersMakeTheSameReport(index: Int) async throws {
        let bySystemctl = try #require(await SimulatedHost(Self.hosts[index]).report())
        let host = SimulatedHost(Self.hosts[index])
        host.with { $0.systemd = .tells }
        #expect(try #require(await host.report()) == bySystemctl)
        #expect(!host.with { $0.commands }.contains { $0.hasPrefix("systemctl") })
    }

    @Test(arguments: hosts.indices) func answersToSomethingElseAreNotTaken(index: Int) async throws {
        let bySystemctl = try #require(await SimulatedHost(Self.hosts[index]).report())
        let host = SimulatedHost(Self.hosts[index])
        host.with { $0.systemd = .confused }
        #expect(try #require(await host.report()) == bySystemctl)
        #expect(host.with { $0.commands }.contains { $0.hasPrefix("systemctl") })
    }

    @Test func aWholeUpdateAsksItself() async throws {
        let host = SimulatedHost()
        host.with { $0.systemd = .tells }
        try await host.stage()
        #expect(try #require(await host.report()).agent.phase == .staged)
        let commands = host.with { $0.commands }
        #expect(commands.contains("systemctl start update-engine.service"))
        #expect(!commands.contains { $0.hasPrefix("systemctl show") })
    }
}
