import AgentProtocol
import Foundation
import Testing

extension PracticeClusterTests {
    /// Two callers at once, a connection that is cut, and a worker that is killed: the work is done once, whole.
    @Test func theWorkIsTheHostsOwn() async throws {
        try await PracticeCluster.with(["--hosts", "1"]) { cluster in
            let agent = PracticeAgent(cluster: cluster)
            let before = try await HostEvidence.read(cluster, agent.host)

            async let first = agent.ask(agent.stageRequest(seconds: 60))
            async let other = agent.ask(agent.stageRequest(seconds: 60))
            let (heard, alsoHeard) = try await (first, other)
            #expect(heard.last.isStaged)
            #expect(heard.last == alsoHeard.last)
            #expect(try await attempts(cluster, agent.host) == 1)
            _ = try await agent.abandon()
            #expect(try await HostEvidence.read(cluster, agent.host) == before)

            // The SSH session is cut in the middle of the step.
            let second = agent.withHigherToken()
            try await cutAfterFirstProgress(second)
            #expect(try await second.stage().isStaged)
            #expect(try await attempts(cluster, agent.host) == 2)
            _ = try await second.abandon()

            // The worker is killed; whoever follows hears the end all the same.
            let third = second.withHigherToken()
            async let told = third.stage()
            _ = try await third.until("a worker", seconds: 20) {
                try? await cluster.onHost(
                    agent.host, "sleep 1; systemctl kill --signal=KILL turnstile-agent.service")
            }
            #expect(try await told.isStaged)
            let restarts = try await cluster.onHost(
                agent.host, "systemctl show --property=NRestarts --value turnstile-agent.service")
            #expect(restarts != "0")
            _ = try await third.abandon()
            #expect(try await HostEvidence.read(cluster, agent.host) == before)
        }
    }

    /// Starts `stage`, and kills the SSH client as soon as the step has begun.
    private func cutAfterFirstProgress(_ agent: PracticeAgent) async throws {
        let line = String(decoding: try Wire.line(agent.stageRequest()), as: UTF8.self)
        let cut = try await agent.cluster.run(
            "/bin/bash",
            [
                "-c",
                """
                exec 3< <(printf '%s' "$1" | exec "$0" ssh practice-1 sudo -n /opt/bin/turnstile-agent stage)
                writer=$!
                while read -r line <&3; do case $line in *progress*) break ;; esac; done
                pkill -KILL -P "$writer"; kill -KILL "$writer" 2>/dev/null; true
                """, "\(PracticeCluster.root)/Scripts/practice", line,
            ])
        #expect(cut.status == 0, "\(cut)")
    }

    /// How often the engine was asked for an update, by its own log.
    private func attempts(_ cluster: PracticeCluster, _ host: String) async throws -> Int {
        let text = try await cluster.onHost(
            host,
            "journalctl -u update-engine.service -o cat -q --no-pager | grep -c 'New update check requested' || true"
        )
        return Int(text) ?? -1
    }
}
