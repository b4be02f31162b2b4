import RolloutModel
import Rollouts
import Testing

@testable import Coordinator

extension PracticeClusterTests {
    /// The lock in each API of a real etcd, through a real curl: in one API alone, and in both at once.
    @Test(arguments: ["3.4.23", "3.5.1"]) func aRealEtcdKeepsTheLock(version: String) async throws {
        try await PracticeCluster.with(["--hosts", "1", "--from-etcd", version]) { cluster in
            for keyspaces in [[EtcdKeyspace.v2], [.v3], [.v2, .v3]] {
                let etcd = RealEtcd(cluster: cluster, keyspaces: keyspaces)
                try await etcd.expectOneOfManyGetsIt()
                try await etcd.expectEveryTextKept()
                if keyspaces.count == 2 { try await etcd.expectV2TakenBack() }
                try await etcd.removeKeys()
                #expect(try await etcd.store.read().lock == ClusterLock())
            }
            // Without a given store, the cluster's version decides.
            let chosen = RealEtcd(cluster: cluster, keyspaces: nil)
            try await chosen.expectOneOfManyGetsIt()
            #expect(try await chosen.kept(.v2) == "")
            try await RealSemaphore(cluster: cluster).expectSharedWithLocksmith()
        }
    }
}

/// A lock's store in the etcd of one practice host, and the key as etcd's own clients print it.
private struct RealEtcd {
    var cluster: PracticeCluster
    var keyspaces: [EtcdKeyspace]?

    var store: LockStore {
        EtcdLockStore(
            shell: cluster.shell, hosts: [HostID("practice-1")],
            endpoint: EtcdEndpoint(url: "http://127.0.0.1:2379"),
            keyspaces: keyspaces
        ).store
    }

    /// All writers have read the same revision, and write at once.
    func expectOneOfManyGetsIt() async throws {
        let (store, before) = (store, try await store.read())
        #expect(before.lock == ClusterLock())
        let winners = try await withThrowingTaskGroup(of: ClusterLock?.self) { group in
            for number in 1...6 {
                let lock = Self.lock("r-\(number)")
                group.addTask { try await store.swap(lock, before.revision) ? lock : nil }
            }
            return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
        #expect(winners.count == 1)
        try await expectKept(try #require(winners.first))
        #expect(try await store.swap(Self.lock("r-late"), before.revision) == false)
        try await expectKept(try #require(winners.first))
    }

    /// Characters with a meaning to curl, a form, JSON or a shell come back unchanged.
    func expectEveryTextKept() async throws {
        let words = [
            #"a"b\c\\"d\" a&b=c+d%20e;f $(id) `id` 'x' ~ * ? # @ < > |"#, "\u{e9}\u{1f512}",
            String(repeating: "\"", count: 256),
        ]
        for word in words {
            let lock = Self.lock(word)
            #expect(try await store.swap(lock, try await store.read().revision))
            try await expectKept(lock)
        }
    }

    /// A writer that knows only v3 comes in between: v2 is written back.
    func expectV2TakenBack() async throws {
        let before = try await store.read()
        let other = try LockText.text(Self.lock("r-other"))
        try await cluster.onHost("practice-1", "etcdctl put /turnstile/lock '\(other)'")
        #expect(try await store.swap(Self.lock("r-late"), before.revision) == false)
        #expect(try await kept(.v2) == LockText.text(before.lock))
        #expect(try await kept(.v3) == other)
    }

    private func expectKept(_ lock: ClusterLock) async throws {
        let reading = try await store.read()
        #expect(reading.lock == lock && reading.isWhole)
        for keyspace in keyspaces ?? [.v3] { #expect(try await kept(keyspace) == LockText.text(lock)) }
    }

    /// The key's value, as etcd's own client prints it.
    func kept(_ keyspace: EtcdKeyspace) async throws -> String {
        let command =
            switch keyspace {
            case .v2: "ETCDCTL_API=2 etcdctl get /turnstile/lock 2>/dev/null || true"
            case .v3: "etcdctl get /turnstile/lock --print-value-only"
            }
        return try await cluster.onHost("practice-1", command)
    }

    func removeKeys() async throws {
        try await cluster.onHost(
            "practice-1",
            "etcdctl del /turnstile/lock; ETCDCTL_API=2 etcdctl rm /turnstile/lock 2>/dev/null || true")
    }

    /// A lock with the highest tokens there can be.
    private static func lock(_ word: String) -> ClusterLock {
        ClusterLock(
            lastToken: .ceiling,
            holder: LockHolder(
                rollout: RolloutID("r-20261125-080000-fac5"), token: Token(Token.ceiling.rawValue - 1),
                operatorName: word, since: "2026-11-25T08:00:00Z"))
    }
}

/// locksmith's semaphores in the etcd of one practice host, and locksmithctl's output about them.
private struct RealSemaphore {
    var cluster: PracticeCluster

    private static let rollout = RolloutID("r-20261125-080000-fac5")

    private var store: SemaphoreStore {
        .etcd(
            shell: cluster.shell, hosts: [HostID("practice-1")],
            endpoint: EtcdEndpoint(url: "http://127.0.0.1:2379"))
    }

    func expectSharedWithLocksmith() async throws {
        #expect(try await store.read().isEmpty)
        #expect(try await locksmithctl("status") == "Available: 1\nMax: 1")
        #expect(try await locksmithctl("-group=web/servers+x set-max 2") == "Old-Max: 1\nMax: 2")
        let kept = try await store.read()
        #expect(
            kept.map(\.semaphore) == [
                RebootSemaphore(), RebootSemaphore(group: "web%2Fservers%2Bx", max: 2),
            ])
        for one in kept { try await expectOneOfManyTakes(one) }
        let slot = Self.rollout.rawValue
        #expect(
            try await locksmithctl("status") == "Available: 0\nMax: 1\n\nMACHINE ID\n\(slot)")
        #expect(
            try await locksmithctl("-group=web/servers+x status")
                == "Available: 0\nMax: 2\n\nMACHINE ID\n\(slot)\n\(slot)#2")
        #expect(try await locksmithctl("lock someone") == "Error locking: semaphore is at 0")
        for one in try await store.read() {
            let released = try #require(one.semaphore.released(by: Self.rollout))
            #expect(try await store.swap(released, one.revision))
        }
        #expect(try await locksmithctl("lock someone") == "")
        #expect(try await locksmithctl("unlock someone") == "")
        let raw = "ETCDCTL_API=2 etcdctl get /coreos.com/updateengine/rebootlock/semaphore"
        #expect(
            try await cluster.onHost("practice-1", raw) == #"{"semaphore":1,"max":1,"holders":[]}"#)
    }

    private func expectOneOfManyTakes(_ kept: SemaphoreStore.Kept) async throws {
        let store = store
        let taken = try #require(kept.semaphore.reserved(for: Self.rollout))
        let wins = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 1...4 { group.addTask { try await store.swap(taken, kept.revision) } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(wins == 1)
    }

    /// The output of locksmithctl, on both streams.
    private func locksmithctl(_ arguments: String) async throws -> String {
        try await cluster.onHost("practice-1", "locksmithctl \(arguments) 2>&1 || true")
    }
}

extension PracticeCluster {
    /// Commands on the cluster's hosts, as `Scripts/practice ssh` runs them.
    var shell: HostShell {
        HostShell(
            run: { host, command throws(HostFault) in
                do {
                    let outcome = try await practice(
                        ["ssh", host.rawValue, command.text.text],
                        input: String(decoding: command.input, as: UTF8.self))
                    return HostCommandResult(
                        output: Array(outcome.output.utf8), errors: Array(outcome.errors.utf8),
                        exitStatus: outcome.status)
                } catch {
                    throw HostFault(host: host, kind: .interrupted, why: "\(error)")
                }
            },
            converse: { host, _, _ throws(HostFault) in
                throw HostFault(host: host, kind: .commandFailed, why: "it runs commands only")
            },
            disconnect: { _ in })
    }
}
