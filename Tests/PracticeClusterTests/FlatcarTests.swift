import AgentProtocol
import Foundation
import Testing

extension PracticeClusterTests {
    /// The whole path on Flatcar, with another group: the file behind the old name's link changes, the link stays a
    /// link.
    @Test func aFlatcarHostIsUpgraded() async throws {
        try await PracticeCluster.with(["--distro", "flatcar"]) { cluster in
            let before = try await HostEvidence.readAll(cluster)
            let upgrade = try await cluster.turnstile([
                "upgrade", "--yes", "--group", "beta", "--stop-after", "1",
            ])
            #expect(upgrade.status == 0, "\(upgrade)")

            let after = try await HostEvidence.readAll(cluster)
            let (old, new) = (try #require(before["practice-1"]), try #require(after["practice-1"]))
            #expect(old.version == "3033.2.0" && new.version == "3510.2.0")
            #expect(new.attributes == "2/0/1" && new.booted.hasSuffix("p4"))
            #expect(new.engineEnabled == "masked" && new.engineActive == "inactive")
            #expect(new.systemState == "running")
            #expect(old.updateConfiguration.contains("GROUP=stable\n"))
            #expect(
                new.updateConfiguration
                    == old.updateConfiguration.replacingOccurrences(
                        of: "GROUP=stable\n", with: "GROUP=beta\n"))
            #expect(try await cluster.onHost("practice-1", "readlink /etc/coreos") == "flatcar")
            #expect(
                after["practice-2"] == before["practice-2"] && after["practice-3"] == before["practice-3"])

            let log = try await cluster.onHost(
                "practice-1", "journalctl -u update-engine.service -o cat -q --no-pager")
            #expect(log.contains("Flatcar Update Engine starting"))
            #expect(log.contains("Current group set to beta"))
        }
    }

    /// Flatcar's client exits 0 whatever kept it from updating. The files are restored exactly.
    @Test func aFlatcarHostIsReadByMoreThanItsClient() async throws {
        try await PracticeCluster.with(["--distro", "flatcar", "--hosts", "1"]) { cluster in
            let agent = PracticeAgent(cluster: cluster)
            try await cluster.offer("none")
            #expect(try await clientEnding(cluster) == "No update available, exit 0")
            try await cluster.fault(agent.host, "update-server-down")
            #expect(try await clientEnding(cluster) == "No update available, exit 0")
            try await cluster.onHost(
                agent.host, "chown 500:4 /etc/flatcar/update.conf; chmod 0640 /etc/flatcar/update.conf")
            let before = try await HostEvidence.read(cluster, agent.host)
            let fileBefore = try await updateConfigurationStat(cluster)

            #expect(try await agent.stage(group: "beta").failure?.reason == .checkFailed)
            try await cluster.fault(agent.host, "update-server-down", off: true)
            #expect(
                try await agent.stage()
                    == .nothingOffered(NothingOffered(runningVersion: "3033.2.0", group: "stable")))
            #expect(try await HostEvidence.read(cluster, agent.host) == before)

            try await cluster.offer("3510.2.0")
            #expect(try await agent.stage(group: "beta").isStaged)
            #expect(
                try await HostEvidence.read(cluster, agent.host).updateConfiguration.contains(
                    "\nGROUP=beta\n"))
            #expect(try await updateConfigurationStat(cluster) == fileBefore)
            _ = try await agent.abandon()
            #expect(try await HostEvidence.read(cluster, agent.host) == before)
            #expect(try await updateConfigurationStat(cluster) == fileBefore)

            try await expectNoFileGivenBack(agent.withHigherToken())

            let second = agent.withHigherToken().withHigherToken()
            #expect(try await second.stage().isStaged)
            _ = try await second.reboot(into: "3510.2.0")
            guard case .committed(let proof)? = try await second.commit("3510.2.0", method: .direct) else {
                throw PracticeCluster.Failure(what: "flatcar-setgoodroot committed nothing")
            }
            #expect(proof.journalLine == nil && proof.partitions.booted.successful)
            let after = try await HostEvidence.read(cluster, agent.host)
            #expect(after.version == "3510.2.0" && after.attributes == "2/0/1")
            #expect(after.updateConfiguration == before.updateConfiguration)
            #expect(after.engineEnabled == "masked" && after.engineActive == "inactive")
            #expect(
                try await cluster.engineStartsInThisBoot(agent.host) == 0,
                "the engine never ran in this boot")
        }
    }

    /// kured reboots a host that has /run/reboot-required: a staged update leaves no such file, and somebody else's
    /// file holds the plan.
    @Test func aFlatcarHostIsNotLeftToKured() async throws {
        try await PracticeCluster.with(["--distro", "flatcar", "--hosts", "1"]) { cluster in
            let agent = PracticeAgent(cluster: cluster)
            try await cluster.offer("3510.2.0")
            #expect(try await agent.stage().isStaged)
            #expect(
                try await cluster.onHost(agent.host, "ls /run/reboot-required 2>&1 || true").contains(
                    "No such"))
            #expect(try await agent.report().hazards.isEmpty)
            _ = try await agent.abandon()
            #expect(
                try await cluster.onHost(agent.host, "ls /run/reboot-required 2>&1 || true").contains(
                    "No such"))

            try await cluster.onHost(agent.host, "touch /run/reboot-required")
            #expect(try await agent.report().hazards.map(\.unit) == ["/run/reboot-required"])
            let again = agent.withHigherToken()
            guard case .refused(let refusal)? = try await again.stage() else {
                throw PracticeCluster.Failure(what: "staged beside a request to reboot")
            }
            #expect(refusal.reason == .hostUnsafe && refusal.message.contains("kured"))
            #expect(try await cluster.onHost(agent.host, "ls /run/reboot-required") == "/run/reboot-required")
        }
    }

    /// Current images have no update.conf in `/etc` (facts 2): the file that the agent makes there is removed again.
    private func expectNoFileGivenBack(_ agent: PracticeAgent) async throws {
        let cluster = agent.cluster
        try await cluster.onHost(agent.host, "mv /etc/flatcar/update.conf /etc/flatcar/kept")
        #expect(try await agent.stage(group: "beta").isStaged)
        #expect(try await cluster.onHost(agent.host, "cat /etc/flatcar/update.conf") == "GROUP=beta")
        _ = try await agent.abandon()
        #expect(try await cluster.onHost(agent.host, "ls /etc/flatcar") == "kept")
        try await cluster.onHost(agent.host, "mv /etc/flatcar/kept /etc/flatcar/update.conf")
    }

    /// The last line of a client that was run by hand, and its exit code.
    private func clientEnding(_ cluster: PracticeCluster) async throws -> String {
        let text = try await cluster.onHost(
            "practice-1",
            """
            systemctl --quiet unmask update-engine.service; systemctl start update-engine.service
            code=0; update_engine_client -update >/dev/null 2>/run/client.log || code=$?
            systemctl stop update-engine.service; systemctl --quiet mask update-engine.service
            systemctl reset-failed update-engine.service 2>/dev/null || true
            echo "$(tail -n 1 /run/client.log | sed 's/^[^]]*] //'), exit $code"; rm /run/client.log
            """)
        return text.split(separator: "\n").last.map(String.init) ?? ""
    }

    private func updateConfigurationStat(_ cluster: PracticeCluster) async throws -> String {
        try await cluster.onHost(
            "practice-1", "stat -c '%u:%g %a' /etc/flatcar/update.conf; readlink /etc/coreos")
    }
}
