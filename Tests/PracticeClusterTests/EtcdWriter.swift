import Foundation

/// Writes numbered keys into the practice cluster's etcd all through an upgrade, from each host in turn, and knows
/// which writes were acknowledged.
struct EtcdWriter: Sendable {
    let cluster: PracticeCluster

    /// A host's own loop would die with its reboot; so each host has one, as a unit that its boot starts again.
    static func start(_ cluster: PracticeCluster) async throws -> EtcdWriter {
        for name in cluster.names {
            try await cluster.onHost(
                name,
                """
                cat > /etc/systemd/system/writer.service <<'UNIT'
                [Unit]
                After=etcd-member.service
                [Service]
                Restart=always
                RestartSec=1
                ExecStart=/bin/sh -c 'n=0; while :; do n=$((n+1)); k=w/$(cat /etc/machine-id)/$(cat /proc/sys/kernel/random/boot_id)/$n; etcdctl --command-timeout=5s put $k x >/dev/null 2>&1 && echo $k >> /var/lib/acknowledged && sync /var/lib/acknowledged; sleep 1; done'
                [Install]
                WantedBy=multi-user.target
                UNIT
                systemctl enable -q --now writer.service
                """)
        }
        try await cluster.onHost("practice-1", "etcdctl put before kept")
        return EtcdWriter(cluster: cluster)
    }

    struct Count: Sendable {
        var acknowledged: Int
        var missing: Int
    }

    func stopAndCountLost() async throws -> Count {
        for name in cluster.names {
            try await cluster.onHost(name, "systemctl disable -q --now writer.service")
        }
        let kept = Set(
            try await cluster.onHost("practice-1", "etcdctl get w/ --prefix --keys-only").split(
                separator: "\n"
            )
            .map(String.init))
        var acknowledged: [String] = []
        for name in cluster.names {
            acknowledged += try await cluster.onHost(name, "cat /var/lib/acknowledged")
                .split(separator: "\n").map(String.init)
        }
        return Count(
            acknowledged: acknowledged.count, missing: acknowledged.count { !kept.contains($0) })
    }
}

/// etcd's cluster version as time goes by, with each member's server version beside it.
actor ClusterVersionLog {
    private struct Sample {
        var servers: [String]
        var cluster: String
    }

    private let cluster: PracticeCluster
    private var samples: [Sample] = []

    init(cluster: PracticeCluster) { self.cluster = cluster }

    /// Samples while `body` runs, and once more after it.
    func recording<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws
        -> Value
    {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while !Task.isCancelled {
                    // A host that is rebooting does not answer; the next one is asked a moment later.
                    try? await self.sample()
                    try await Task.sleep(for: .milliseconds(500))
                }
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                guard let value else { continue }
                // The leader looks at versions every few seconds (facts 6.3).
                for _ in 0..<20 where samples.last?.cluster.hasPrefix("3.5") != true {
                    try await Task.sleep(for: .seconds(1))
                    try await sample()
                }
                return value
            }
            throw CancellationError()
        }
    }

    func expectRaisedOnlyAtTheEnd() throws {
        guard let first = samples.first, let last = samples.last else {
            throw PracticeCluster.Failure(what: "no version of etcd was seen")
        }
        guard first.cluster.hasPrefix("3.4"), last.cluster.hasPrefix("3.5") else {
            throw PracticeCluster.Failure(
                what: "cluster version went from \(first.cluster) to \(last.cluster)")
        }
        for sample in samples where sample.servers.contains(where: { $0.hasPrefix("3.4") }) {
            guard sample.cluster.hasPrefix("3.4") else {
                throw PracticeCluster.Failure(what: "raised while members were old: \(sample)")
            }
        }
        guard samples.contains(where: { Set($0.servers).count > 1 }) else {
            throw PracticeCluster.Failure(what: "the upgrade was never seen half way")
        }
    }

    private func sample() async throws {
        var servers: [String] = []
        var decided = ""
        for name in cluster.names {
            let text = try await cluster.onHost(name, "curl -sf --max-time 2 http://127.0.0.1:2379/version")
            let answer = try JSONDecoder().decode(Answer.self, from: Data(text.utf8))
            servers.append(answer.etcdserver)
            decided = answer.etcdcluster
        }
        samples.append(Sample(servers: servers, cluster: decided))
    }

    private struct Answer: Decodable {
        var etcdserver: String
        var etcdcluster: String
    }
}
