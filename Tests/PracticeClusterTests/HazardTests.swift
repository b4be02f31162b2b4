import AgentProtocol
import Foundation
import Testing

extension PracticeClusterTests {
    /// A host that would reboot by itself, or leave its etcd cluster on the way down, is refused with nothing touched.
    @Test func aHostThatIsNotItsOwnIsRefused() async throws {
        try await PracticeCluster.with(["--hosts", "1"]) { cluster in
            let agent = PracticeAgent(cluster: cluster)
            try await expectLocksmithdRefused(agent)

            // Deis' units matter only when the host goes down.
            let staged = agent.withHigherToken()
            try await cluster.fault(agent.host, "graceful-etcd-shutdown")
            #expect(try await staged.stage().isStaged)
            try await expectRebootRefused(staged, unit: "graceful-etcd-shutdown")
            try await cluster.fault(agent.host, "graceful-etcd-shutdown", off: true)
            try await cluster.fault(agent.host, "graceful-deis-shutdown")
            try await expectRebootRefused(staged, unit: "graceful-deis-shutdown")
            try await cluster.fault(agent.host, "graceful-deis-shutdown", off: true)

            guard case .rebooting? = try await staged.reboot() else {
                throw PracticeCluster.Failure(what: "the reboot was refused though the unit is gone")
            }
            #expect(try await HostEvidence.read(cluster, agent.host).version == "1409.7.0")
            #expect(try await staged.commit().isCommitted)
        }
    }

    /// Without the refusal, an update that anybody applies would be followed by a reboot that nobody asked for.
    @Test func locksmithdRebootsAHostByItself() async throws {
        try await PracticeCluster.with(["--hosts", "1", "--time-scale", "0.02"]) { cluster in
            let agent = PracticeAgent(cluster: cluster)
            let before = try await HostEvidence.read(cluster, agent.host)
            try await cluster.fault(agent.host, "locksmithd", "reboot")
            // A lasting session of ours counts as a login.
            async let login = cluster.practice(["ssh", agent.host, "sleep", "600"])
            try await cluster.onHost(
                agent.host,
                "systemctl --quiet unmask update-engine.service; systemctl start update-engine.service; "
                    + "update_engine_client -update >/dev/null 2>&1")
            let report = try await agent.awaitBoot(after: before.bootID)
            #expect(report.version == "1409.7.0")
            _ = try await login
            let log = try await cluster.onHost(
                agent.host, "journalctl -b -1 -u locksmithd.service -o cat -q --no-pager")
            #expect(log.contains("Logins detected, delaying reboot for 5 minutes."))
        }
    }

    private func expectLocksmithdRefused(_ agent: PracticeAgent) async throws {
        let (cluster, host) = (agent.cluster, agent.host)
        for strategy in ["reboot", "etcd-lock", nil] {
            try await cluster.fault(host, "locksmithd", strategy)
            let before = try await HostEvidence.read(cluster, host)
            let said = strategy ?? "none"
            #expect(try await cluster.onHost(host, "systemctl is-active locksmithd.service") == "active")
            let refusal = try #require(try await agent.stage().refusal, "\(said)")
            #expect(refusal.reason == .hostUnsafe, "\(said)")
            #expect(refusal.message.contains("locksmithd.service is active"), "\(said)")
            #expect(
                refusal.message.contains(strategy.map { "REBOOT_STRATEGY=\($0)" } ?? "no REBOOT_STRATEGY"),
                "\(refusal)")
            #expect(try await HostEvidence.read(cluster, host) == before, "\(said)")
            #expect(
                try await cluster.engineStartsInThisBoot(host) == 0, "\(said): the engine was not asked")
        }

        // The file says off, but the running locksmithd has not read it.
        try await cluster.onHost(
            host, "sed -i 's/^#REBOOT_STRATEGY/REBOOT_STRATEGY/' /etc/coreos/update.conf")
        #expect(try await agent.report().rebootStrategy == "off")
        let refusal = try #require(try await agent.stage().refusal)
        #expect(refusal.reason == .hostUnsafe && refusal.message.contains("restart"), "\(refusal)")
        #expect(try await cluster.engineStartsInThisBoot(host) == 0)

        try await cluster.fault(host, "locksmithd", off: true)
        _ = try await agent.until("locksmithd to end", seconds: 10) {
            try? await cluster.onHost(
                host, "test \"$(systemctl is-active locksmithd.service)\" = inactive")
        }
        let log = try await cluster.onHost(
            host,
            "journalctl -b -u locksmithd.service -o cat -q --no-pager; cat /run/update-engine/coordinator.conf"
        )
        #expect(log.contains("Reboot strategy is \"off\" - locksmithd is exiting."))
        #expect(log.contains("STATE=disabled\nSTRATEGY=off"))
        let before = try await HostEvidence.read(cluster, host)
        #expect(try await agent.stage().isStaged)
        _ = try await agent.abandon()
        #expect(try await HostEvidence.read(cluster, host) == before)
    }

    /// Checks that the host is still up, in the same boot, with the update still armed.
    private func expectRebootRefused(_ agent: PracticeAgent, unit: String) async throws {
        let bootID = try await agent.report().bootID
        let answer = try await agent.ask(
            RebootRequest(
                authority: agent.authority, bootID: bootID, version: "1409.7.0", deadManMinutes: nil)
        ).last
        let refusal = try #require(answer.refusal, "\(unit)")
        #expect(refusal.reason == .hostUnsafe)
        #expect(refusal.message.contains("\(unit).service is active"), "\(refusal)")
        try await Task.sleep(for: .seconds(2))
        let evidence = try await HostEvidence.read(agent.cluster, agent.host)
        #expect(evidence.bootID == bootID && evidence.systemState == "running", "\(unit)")
        #expect(try await agent.report().agent.phase == .staged)
    }
}
