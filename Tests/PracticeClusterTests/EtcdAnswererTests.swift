import Foundation
import Testing

extension PracticeClusterTests {
    /// Members publish 0.0.0.0, at which a host's own etcd answers. Members are found by their peers' addresses, and
    /// another etcd's answer does not count for a dead member. An etcd elsewhere is not taken for a host's own, nor a
    /// proxy for etcd.
    @Test(.timeLimit(.minutes(20))) func membersThatPublishNoAddressOfTheirOwn() async throws {
        try await PracticeCluster.with(["--etcd-advertise", "0.0.0.0"]) { cluster in
            try await expectPlan(cluster, opens: true, "Every gate is open.")
            try await expectOwnEndpointsOnly(cluster)
            try await expectNoProxyAsked(cluster)

            // A fourth member that lived for a moment: without one host there would be two of four left.
            let list = try await cluster.onHost("practice-1", Self.addGhost)
            #expect(list.contains("ghost"), "\(list)")
            try await expectPlan(
                cluster, opens: false, "whether etcd member 'ghost' is healthy cannot be told",
                "http://0.0.0.0:2379 is answered by")
            try await cluster.onHost(
                "practice-1",
                "etcdctl member remove $(etcdctl member list | grep ghost | cut -d, -f1) >/dev/null")
            try await expectPlan(cluster, opens: true, "Every gate is open.")
        }
    }

    /// Adds a member with a peer address of practice-1, which starts once and is then stopped.
    private static let addGhost = """
        set -e
        address=$(ip -4 -o address show host0 | sed 's/.* inet \\([0-9.]*\\).*/\\1/')
        cluster=$(etcdctl member add ghost --peer-urls=http://$address:12380 | sed -n 's/^ETCD_INITIAL_CLUSTER="\\(.*\\)"/\\1/p')
        systemd-run --quiet --unit=ghost-etcd env ETCD_INITIAL_CLUSTER="$cluster" etcd --name=ghost \
          --data-dir=/run/ghost-etcd --initial-cluster-state=existing --enable-v2 --listen-peer-urls=http://$address:12380 \
          --initial-advertise-peer-urls=http://$address:12380 --listen-client-urls=http://127.0.0.1:12379 \
          --advertise-client-urls=http://0.0.0.0:2379
        for i in $(seq 600); do
          etcdctl member list | grep -q 'started, ghost' && break
          sleep 0.2
        done
        etcdctl member list | grep -q 'started, ghost'
        systemctl stop ghost-etcd
        etcdctl member list
        """

    private func expectOwnEndpointsOnly(_ cluster: PracticeCluster) async throws {
        let plain = try String(contentsOfFile: cluster.configPath, encoding: .utf8)
        let first = try #require(plain.firstMatch(of: /address: ([0-9.]+)/)).1
        func plan(_ endpoint: String) async throws -> PracticeCluster.Outcome {
            let path = cluster.directory + "/endpoint.yaml"
            try plain.replacing(#"endpoint: "http://127.0.0.1:2379""#, with: "endpoint: \(endpoint)").write(
                toFile: path, atomically: true, encoding: .utf8)
            return try await cluster.run(PracticeCluster.turnstilePath, ["--config", path, "plan"])
        }
        // The address of one machine is refused before any host is asked.
        let literal = try await plan(#""http://\#(first):2379""#)
        #expect(
            literal.errors.contains("gates.etcd.endpoint: found http://\(first):2379 for 3 hosts"),
            "\(literal)")
        // A name for the same address is refused once the hosts are asked.
        for name in cluster.names {
            try await cluster.onHost(name, "echo '\(first) etcd.practice.test' >>/etc/hosts")
        }
        let named = try await plan(#""http://etcd.practice.test:2379""#)
        #expect(named.status == 2, "\(named)")
        #expect(named.errors.contains("http://etcd.practice.test:2379 is not on 'practice-"), "\(named)")
        // The endpoints are each host's own address, by the placeholder and by a list.
        let addresses = plain.matches(of: /address: ([0-9.]+)/).map { #""http://\#($0.1):2379""# }
        for endpoint in [#""http://{address}:2379""#, "[\(addresses.joined(separator: ", "))]"] {
            let own = try await plan(endpoint)
            #expect(own.status == 0 && own.errors.contains("Every gate is open."), "\(endpoint): \(own)")
        }
    }

    /// Checks that proxies in the environment and a .curlrc do not affect the requests.
    private func expectNoProxyAsked(_ cluster: PracticeCluster) async throws {
        for name in cluster.names {
            try await cluster.onHost(
                name,
                """
                printf '%s\\n' http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 ALL_PROXY=http://127.0.0.1:9 \
                  no_proxy=.cluster.local >>/etc/environment
                for home in /root /home/core; do echo 'proxy = http://127.0.0.1:9' >$home/.curlrc; done
                chmod 644 /home/core/.curlrc
                """)
        }
        // The hosts' own curl does use the proxy.
        let curl = "curl -sS --max-time 2 http://127.0.0.1:2379/version 2>&1 || true"
        #expect(try await cluster.onHost("practice-1", curl).contains("curl: (7)"))
        try await expectPlan(cluster, opens: true, "Every gate is open.")
        let audit = try await cluster.turnstile(["audit"])
        #expect(audit.output.contains("3.4.23"), "\(audit)")
    }

    /// A worker without etcd beside three members is upgraded with them, and is no witness for etcd.
    @Test(.timeLimit(.minutes(20))) func aWorkerWithoutEtcdHoldsNothing() async throws {
        try await PracticeCluster.with(["--distro", "flatcar", "--hosts", "4", "--etcd-members", "3"]) {
            cluster in
            let names = ["practice-4", "practice-1", "practice-2", "practice-3"]
            let plan = try await cluster.turnstile(["plan"] + names)
            #expect(plan.status == 0 && plan.errors.contains("Every gate is open."), "\(plan)")
            let upgrade = try await cluster.turnstile(["upgrade", "--yes"] + names)
            #expect(upgrade.status == 0, "\(upgrade)")
            for name in names {
                let version = try await cluster.onHost(name, ". /usr/lib/os-release; echo $VERSION_ID")
                #expect(version == "3510.2.0", "\(name)")
            }
            // Workers alone: no host can tell of etcd, and the message names the remedy.
            let alone = try await cluster.turnstile(["plan", "practice-4"])
            #expect(alone.status == 2, "\(alone)")
            #expect(
                alone.errors.contains("no etcd member runs on any host of this list: practice-4")
                    && alone.errors.contains("gates.etcd.enabled: false"), "\(alone)")
        }
    }

    /// An etcd with users, in both of its APIs: without a user turnstile reports that; with one every gate opens.
    @Test(.timeLimit(.minutes(20))) func anEtcdThatAsksWhoIsAsking() async throws {
        try await PracticeCluster.with(["--distro", "flatcar"]) { cluster in
            try await cluster.onHost("practice-1", Self.askWho)
            try await expectPlan(
                cluster, opens: false, "etcd wants to know who asks", "gates.etcd.credentials")

            let plain = try String(contentsOfFile: cluster.configPath, encoding: .utf8)
            try plain.replacing(
                "etcd: {endpoint", with: "etcd: {credentials: \(cluster.directory)/etcd-user, endpoint"
            ).write(toFile: cluster.configPath, atomically: true, encoding: .utf8)
            for (secret, opens) in [("wrong", false), (Self.secret, true)] {
                let path = cluster.directory + "/etcd-user"
                try "root:\(secret)\n".write(toFile: path, atomically: true, encoding: .utf8)
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
                try await expectPlan(
                    cluster, opens: opens,
                    opens ? "Every gate is open." : "etcd refuses the user of \(path)")
            }
            let upgrade = try await cluster.turnstile(["upgrade", "--yes", "--stop-after", "1"])
            #expect(upgrade.status == 0, "\(upgrade)")
            let found = try await cluster.run(
                "/usr/bin/grep", ["-rlF", Self.secret, cluster.directory + "/journal"])
            #expect(found.status == 1 && !upgrade.errors.contains(Self.secret), "\(found)")
            try FileManager.default.removeItem(atPath: cluster.directory + "/etcd-user")
        }
    }

    private static let secret = #"s3"c\r$t"#

    /// Turns on etcd's users, so that only root may read or write keys.
    private static let askWho = """
        set -e
        secret='\(secret)'
        export ETCDCTL_API=3
        etcdctl role add root; etcdctl user add root --new-user-password="$secret"; etcdctl user grant-role root root
        etcdctl auth enable
        api=http://127.0.0.1:2379/v2/auth
        json=$(printf %s "$secret" | sed 's/["\\\\]/\\\\&/g')
        printf '{"user":"root","password":"%s","roles":["root"]}' "$json" |
          curl -fsS -X PUT -d @- -H 'Content-Type: application/json' $api/users/root
        curl -fsS -X PUT $api/enable
        curl -fsS -X PUT -u "root:$secret" -H 'Content-Type: application/json' $api/roles/guest \
          -d '{"role":"guest","revoke":{"kv":{"read":["/*"],"write":["/*"]}}}'
        """

    private func expectPlan(_ cluster: PracticeCluster, opens: Bool, _ words: String...) async throws {
        var plan = try await cluster.turnstile(["plan"])
        for _ in 1...3 where (plan.status == 0) != opens { plan = try await cluster.turnstile(["plan"]) }
        #expect(plan.status == (opens ? 0 : 2), "\(plan)")
        for word in words { #expect(plan.errors.contains(word), "\(plan)") }
    }
}
