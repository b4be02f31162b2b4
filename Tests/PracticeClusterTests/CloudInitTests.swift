import AgentProtocol
import Foundation
import Testing

extension PracticeClusterTests {
    /// cloud-init is applied at every boot (facts 0.8): it may write update.conf anew, and start or stop the engine.
    @Test func cloudInitBetweenTheRebootAndTheCommit() async throws {
        try await PracticeCluster.with(["--hosts", "1"]) { cluster in
            var course = CloudInitCourse(cluster: cluster)
            try await course.run("stop")
            try await course.run("mask")
            try await course.run("rewrite")
            try await course.runInHaste()
        }
    }
}

/// A host that is upgraded again and again, with another cloud-config each time.
private struct CloudInitCourse {
    let cluster: PracticeCluster
    private var agent: PracticeAgent
    /// Every course needs a higher version to be offered.
    private var patch = 0

    private static let ourServer = "http://ours.practice.test/v1/update/"

    init(cluster: PracticeCluster) {
        self.cluster = cluster
        agent = PracticeAgent(cluster: cluster)
    }

    /// Stages with another group and server, reboots, commits, and abandons; the cloud-config is applied at that one
    /// boot.
    mutating func run(_ kind: String) async throws {
        agent = agent.withHigherToken()
        patch += 1
        let version = "1409.7.\(patch)"
        try await cluster.offer(version)
        let found = try await HostEvidence.read(cluster, agent.host)
        #expect(found.updateConfiguration.contains("GROUP=stable\n"), "\(kind)")

        var request = agent.stageRequest(group: "beta", rest: .masked)
        request.server = Self.ourServer
        #expect(try await agent.ask(request).last.isStaged, "\(kind)")
        try await cluster.fault(agent.host, "cloud-init", kind)
        _ = try await agent.reboot(into: version)
        try await expectAppliedBeforeTheAgent(kind)
        try await expectOnItsTry(kind)
        let ours = found.updateConfiguration
            .replacingOccurrences(of: "GROUP=stable\n", with: "GROUP=beta\n")
            .replacingOccurrences(of: "http://update.practice.test/v1/update/", with: Self.ourServer)
        let theirs =
            kind == "rewrite" ? ours.replacingOccurrences(of: "GROUP=beta\n", with: "GROUP=alpha\n") : ours
        #expect(try await HostEvidence.read(cluster, agent.host).updateConfiguration == theirs, "\(kind)")

        #expect(try await agent.commit(version).isCommitted, "\(kind)")
        let after = try await HostEvidence.read(cluster, agent.host)
        #expect(after.version == version && after.attributes == "2/0/1", "\(kind)")
        #expect(after.engineEnabled == "masked" && after.engineActive == "inactive", "\(kind)")
        #expect(after.updateConfiguration == theirs, "\(kind)")
        try await expectOnlyOursTakenBack(kind, found: found.updateConfiguration)

        try await cluster.fault(agent.host, "cloud-init", "off")
    }

    /// Requests the commit as soon as the host answers, while cloud-init is still at work: the commit waits for
    /// cloud-init.
    mutating func runInHaste() async throws {
        let kind = "stop"
        agent = agent.withHigherToken()
        patch += 1
        let version = "1409.7.\(patch)"
        try await cluster.offer(version)
        #expect(try await agent.stage().isStaged)
        try await cluster.fault(agent.host, "cloud-init", kind)
        try await cluster.onHost(
            agent.host,
            """
            mkdir -p /etc/systemd/system/user-cloudinit@.service.d
            printf '[Service]\\nExecStartPre=/bin/sh -c "until [ -e /run/go-on ]; do sleep 0.1; done"\\n' \\
              >/etc/systemd/system/user-cloudinit@.service.d/slow.conf
            """)

        let bootID = try await agent.report().bootID
        _ = try await agent.ask(
            RebootRequest(authority: agent.authority, bootID: bootID, version: version, deadManMinutes: nil))
        let state = try await agent.until("another boot", seconds: 60) { () -> String? in
            guard let report = try? await agent.report(), report.bootID != bootID else { return nil }
            return try await cluster.isReached(agent.host) ? report.systemState : nil
        }
        #expect(["initializing", "starting"].contains(state), "cloud-init is still at work")
        async let committed = agent.commit(version)
        _ = try await agent.until("the commit to be asked for", seconds: 60) { () -> Bool? in
            try? await agent.report().agent.goal?.verb == .commit ? true : nil
        }
        try await cluster.onHost(agent.host, "touch /run/go-on")
        #expect(try await committed.isCommitted)
        try await expectAppliedBeforeTheAgent(kind)
        let after = try await HostEvidence.read(cluster, agent.host)
        #expect(after.version == version && after.attributes == "2/0/1")
        #expect(after.engineEnabled == "masked" && after.engineActive == "inactive")
    }

    /// Checks that the work of cloud-init was over when the agent's unit started, whatever its exit code.
    private func expectAppliedBeforeTheAgent(_ kind: String) async throws {
        let text = try await cluster.onHost(
            agent.host,
            #"""
            show() { systemctl show --value --property="$1" "$2"; }
            u='user-cloudinit@var-lib-coreos\x2dinstall-user_data.service'
            show ExecMainExitTimestampMonotonic "$u"; show ExecMainStatus "$u"
            show ExecMainStartTimestampMonotonic turnstile-agent.service
            """#)
        let values = text.split(separator: "\n").compactMap { Int($0) }
        guard values.count == 3 else { throw PracticeCluster.Failure(what: "cloud-init's times: \(text)") }
        #expect(values[0] > 0 && values[0] < values[2], "\(kind): cloud-init ended, then the agent started")
        // cloud-init wants to restart a masked unit, which fails, and its own unit fails as well.
        #expect(values[1] == (kind == "rewrite" ? 1 : 0), "\(kind)")
    }

    /// Checks that the engine did not run: it would have committed the boot after 4.5 s, the 45 s of a real one.
    private func expectOnItsTry(_ kind: String) async throws {
        try await Task.sleep(for: .seconds(6))
        let evidence = try await HostEvidence.read(cluster, agent.host)
        #expect(evidence.attributes == "2/0/0", "\(kind)")
        #expect(evidence.engineEnabled == "masked" && evidence.engineActive == "inactive", "\(kind)")
        #expect(
            try await cluster.engineStartsInThisBoot(agent.host) == 0,
            "\(kind): the engine has not run in this boot")
        if kind == "rewrite" {
            let said = try await cluster.onHost(
                agent.host, "journalctl -b -o cat -q --no-pager -u 'user-cloudinit@*'")
            #expect(said.contains("Calling unit command restart update-engine.service"))
            #expect(said.contains("update-engine.service is masked"))
        }
    }

    private func expectOnlyOursTakenBack(_ kind: String, found: String) async throws {
        guard case .abandoned(let abandoned)? = try await agent.abandon() else {
            throw PracticeCluster.Failure(what: "\(kind): the agent gave nothing back")
        }
        let evidence = try await HostEvidence.read(cluster, agent.host)
        #expect(evidence.attributes == "2/0/1" && evidence.engineEnabled == "masked", "\(kind)")
        guard kind == "rewrite" else {
            #expect(evidence.updateConfiguration == found && abandoned.left.isEmpty, "\(kind): \(abandoned)")
            return
        }
        #expect(
            evidence.updateConfiguration
                == found.replacingOccurrences(of: "GROUP=stable\n", with: "GROUP=alpha\n"))
        #expect(abandoned.undone.contains { $0.hasPrefix("SERVER in ") }, "\(abandoned)")
        #expect(abandoned.left.contains { $0.contains("changed by somebody else") }, "\(abandoned)")
    }
}
