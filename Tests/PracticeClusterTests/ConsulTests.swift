import Foundation
import Testing

extension PracticeClusterTests {
    /// Consul's servers run on the hosts, and answer on their loopback alone.
    @Test(.timeLimit(.minutes(20))) func consulStaysWholeOrTheRolloutHolds() async throws {
        try await PracticeCluster.with { cluster in
            let consul = try await ConsulServers.installed(cluster)
            try await consul.awaitOpen()

            for (fault, words) in [
                ("unhealthy", "Consul's server on 'practice-3' is not well"),
                ("denied", "gates.consul.token"),
                ("leaderless", "Consul has no leader, asked from 'practice-2'"),
                ("html", "not the JSON expected"),
            ] {
                try await cluster.onHost("practice-2", "echo \(fault) >\(ConsulServers.roster).fault")
                let held = try await cluster.turnstile(["plan"])
                #expect(held.status == 2 && held.errors.contains(words), "\(fault): \(held)")
                try await cluster.onHost("practice-2", "rm \(ConsulServers.roster).fault")
                try await consul.awaitOpen()
            }
            try await cluster.onHost("practice-3", "systemctl stop consul")
            let dead = try await cluster.turnstile(["plan"])
            #expect(dead.status == 2 && dead.errors.contains("consul: "), "\(dead)")
            #expect(dead.errors.contains("'practice-3'"), "\(dead)")
            try await cluster.onHost("practice-3", "systemctl start consul")
            try await consul.awaitOpen()

            // The server's vote is waited for: the stand-in gives it back after some seconds.
            let first = try await cluster.turnstile(["upgrade", "--yes", "--stop-after", "1"])
            #expect(first.status == 0, "\(first)")

            // A host whose agent does not come back is not committed.
            try await cluster.onHost("practice-2", "systemctl disable consul 2>&1")
            try consul.configure(rejoin: "60s")
            let missing = try await cluster.turnstile(["resume", "--yes"])
            #expect(missing.status == 2, "\(missing)")
            for words in [
                "ran before the rollout and do not run on 1409.7.0, though they did not fail: consul.service",
                "host 'practice-2' had an agent of Consul when the plan was made, and has none now",
            ] {
                #expect(missing.errors.contains(words), "\(words): \(missing)")
            }
            #expect(try await HostEvidence.readAll(cluster)["practice-2"]?.attributes.hasSuffix("/0") == true)
            try await cluster.onHost("practice-2", "systemctl enable --now consul 2>&1")
            try consul.configure()
            let done = try await cluster.turnstile(["resume", "--yes"])
            #expect(done.status == 0, "\(done)")
            #expect(try await HostEvidence.readAll(cluster).values.allSatisfy { $0.version == "1409.7.0" })
        }
    }
}

/// The stand-in for Consul as a unit of every host, and the configuration that asks for it.
private struct ConsulServers {
    static let roster = "/etc/consul.d/roster"

    let cluster: PracticeCluster
    let yaml: String

    static func installed(_ cluster: PracticeCluster) async throws -> ConsulServers {
        var members = ""
        for (index, name) in cluster.names.enumerated() {
            let address = try await cluster.onHost(
                name, "ip -o -4 address show host0 | tr -s ' ' | cut -d ' ' -f 4 | cut -d / -f 1")
            members += "member \(name) 00000000-0000-0000-0000-00000000000\(index + 1) \(address) server\n"
        }
        for name in cluster.names {
            try await cluster.onHost(
                name,
                """
                mkdir -p /etc/consul.d
                cat >\(roster) <<'ROSTER'
                self \(name)
                stabilization 5
                \(members)ROSTER
                cat >/etc/systemd/system/consul.service <<'UNIT'
                [Service]
                ExecStart=/usr/lib/turnstile-practice/practice-host consul \(roster)
                Restart=always
                RestartSec=1s
                [Install]
                WantedBy=multi-user.target
                UNIT
                systemctl daemon-reload
                systemctl enable --now consul 2>&1
                """)
        }
        let consul = ConsulServers(
            cluster: cluster, yaml: try String(contentsOfFile: cluster.configPath, encoding: .utf8))
        try consul.configure()
        return consul
    }

    /// - Parameter rejoin: how long a host that is back is waited for; nil for the cluster's own time.
    func configure(rejoin: String? = nil) throws {
        var text = yaml.replacing(
            "gates:\n", with: "gates:\n  consul: {enabled: true, steady: 3s, stabilization: 30s}\n")
        if let rejoin { text = text.replacing(/rejoin: \d+s/, with: "rejoin: \(rejoin)") }
        try text.write(toFile: cluster.configPath, atomically: true, encoding: .utf8)
    }

    /// A server has no vote in its first seconds, and so there is no leader.
    func awaitOpen() async throws {
        try await cluster.until("every gate to be open") {
            let plan = try await cluster.turnstile(["plan"])
            return plan.status == 0 && plan.errors.contains("Every gate is open.") ? () : nil
        }
    }
}
