import RolloutModel
import Rollouts
import Testing

@testable import Coordinator

@Suite struct EtcdLockStoreTests {
    static let (a, b, c) = (HostID("a"), HostID("b"), HostID("c"))
    static let hosts = [a, b, c]
    static let held = LockTextTests.held
    static let heldText = LockTextTests.heldText
    static let older = #"{"etcdserver":"3.3.10","etcdcluster":"3.3.0"}"#
    static let oldest = #"{"etcdserver":"2.3.8","etcdcluster":"2.3.0"}"#
    static let other = EtcdLockStateTests.text(8, "r-2")

    func store(_ etcd: FakeEtcd, _ hosts: [HostID] = hosts) -> LockStore {
        .etcd(shell: etcd.shell, hosts: hosts, endpoint: EtcdEndpoint(url: "http://127.0.0.1:2379"))
    }

    // MARK: Where it is kept

    static let eras: [(version: String, prefix: String, v2: Bool, v3: Bool)] = [
        ("etcd 0.4.9", "", true, false), (oldest, "", true, false),
        (#"{"etcdserver":"3.1.0","etcdcluster":"3.0.0"}"#, "/v3alpha", true, false),
        (#"{"etcdserver":"3.2.9","etcdcluster":"3.1.0"}"#, "/v3alpha", true, true),
        (older, "/v3beta", true, true),
        (#"{"etcdserver":"3.4.23","etcdcluster":"3.4.0"}"#, "/v3", false, true),
        (#"{"etcdserver":"3.5.1","etcdcluster":"3.5.0"}"#, "/v3", false, true),
    ]

    @Test(arguments: eras.indices) func isKeptWhereTheClusterVersionSays(index: Int) async throws {
        let (version, prefix, v2, v3) = Self.eras[index]
        let etcd = FakeEtcd {
            $0.version = version
            $0.prefix = prefix
        }
        let store = store(etcd)
        let free = try await store.read()
        #expect(free.lock == ClusterLock() && free.isWhole)
        #expect(try await store.swap(Self.held, free.revision))
        #expect(etcd.value(.v2) == (v2 ? Self.heldText : nil))
        #expect(etcd.value(.v3) == (v3 ? Self.heldText : nil))
        let taken = try await store.read()
        #expect(taken.lock == Self.held && taken.isWhole)
        #expect(try await store.swap(ClusterLock(lastToken: 7), taken.revision))
        #expect(try await store.read().lock == ClusterLock(lastToken: 7))
    }

    // MARK: Compare and swap

    /// The store in which the key was made or changed since the reading, for every store in use.
    @Test(
        arguments: [("etcd 0.4.9", EtcdKeyspace.v2), (older, .v2), (older, .v3), ("", .v3)], [nil, heldText])
    func whoeverComesSecondWritesNothing(era: (String, EtcdKeyspace), before: String?) async throws {
        let (version, keyspace) = era
        let etcd = FakeEtcd {
            if !version.isEmpty { $0.version = version }
            if version == Self.older { $0.prefix = "/v3beta" }
            for keyspace in EtcdKeyspace.allCases where before != nil {
                $0.nodes[keyspace] = .init(value: before ?? "", revision: 5)
            }
            $0.fates[keyspace] = [.overtaken(by: Self.other)]
        }
        let reading = try await store(etcd).read()
        #expect(try await store(etcd).swap(ClusterLock(lastToken: 9), reading.revision) == false)
        #expect(etcd.value(keyspace) == Self.other)
        // Where both stores are in use, v2 is written first, and written back.
        if version == Self.older, keyspace == .v3 {
            let back = try before ?? LockText.text(ClusterLock(lastToken: 9))
            #expect(etcd.value(.v2) == back)
            #expect(etcd.written == [.v2, .v3, .v2])
        }
        if version == Self.older, keyspace == .v2 {
            #expect(etcd.value(.v3) == before)
            #expect(etcd.written == [.v2])
        }
    }

    @Test func aRevisionCountsOnce() async throws {
        let etcd = FakeEtcd()
        let reading = try await store(etcd).read()
        #expect(try await store(etcd).swap(Self.held, reading.revision))
        #expect(try await store(etcd).swap(ClusterLock(lastToken: 99), reading.revision) == false)
        #expect(etcd.value(.v3) == Self.heldText)
    }

    // MARK: Writes that go wrong

    static let fates: [(fate: FakeEtcd.Fate, kind: LockFault.Kind)] = [
        (.lostBefore, .outcomeUnknown), (.lostAfter, .outcomeUnknown), (.unreachable, .unanswered),
        (.answered(503, #"{"error":"etcdserver: request timed out"}"#), .outcomeUnknown),
        (.answered(200, "<html>"), .outcomeUnknown), (.answered(401, "{}"), .unanswered),
        (.answered(404, "404 page not found"), .unanswered),
    ]

    @Test(arguments: fates.indices) func aWriteThatIsNotAnsweredIsNotTakenForDone(index: Int) async throws {
        let (fate, kind) = Self.fates[index]
        let etcd = FakeEtcd { $0.fates[.v3] = [fate] }
        let reading = try await store(etcd).read()
        let fault = await #expect(throws: LockFault.self) {
            try await store(etcd).swap(Self.held, reading.revision)
        }
        #expect(fault?.kind == kind)
        #expect(fault?.why.contains("could not be written to etcd through 'a'") == true)
    }

    /// v2 has the value, and v3 may have it: the next read tells.
    @Test func aWriteThatReachedOneOfTwoStoresIsNotWhole() async throws {
        let etcd = FakeEtcd {
            $0.version = Self.older
            $0.fates[.v3] = [.lostBefore]
        }
        let reading = try await store(etcd).read()
        await #expect(throws: LockFault.self) { try await store(etcd).swap(Self.held, reading.revision) }
        let half = try await store(etcd).read()
        #expect(half.lock.holder == Self.held.holder && !half.isWhole)
        #expect(try await store(etcd).swap(Self.held, half.revision))
        #expect(try await store(etcd).read().isWhole)
    }

    @Test func aLockThatCouldNotBeReadAgainIsNotWritten() async throws {
        let etcd = FakeEtcd()
        let reading = try await store(etcd).read()
        let lock = ClusterLock(lastToken: 1, holder: LockTextTests.holder(by: "r\n1", token: 1))
        await #expect(throws: LockFault.self) { try await store(etcd).swap(lock, reading.revision) }
        #expect(etcd.written == [])
    }

    // MARK: Whom it asks

    @Test func whoDoesNotAnswerIsPassedOver() async throws {
        let etcd = FakeEtcd {
            $0.away = [Self.a]
            $0.nodes[.v3] = .init(value: Self.heldText, revision: 5)
        }
        let store = store(etcd)
        #expect(try await store.read().lock == Self.held)
        #expect(try await store.read().lock == Self.held)
        // The host that answered is asked first from then on.
        #expect(etcd.asked == [Self.a, Self.b])
    }

    /// A member of 3.4 without v2 in a cluster of 3.3: another member serves v2.
    @Test func whoServesV2IsPreferredWhereItIsInUse() async throws {
        let etcd = FakeEtcd {
            $0.version = Self.older
            $0.served = [Self.a: [.v3], Self.b: [.v3]]
        }
        let reading = try await store(etcd).read()
        #expect(try await store(etcd).swap(Self.held, reading.revision))
        #expect(etcd.value(.v2) == Self.heldText && etcd.value(.v3) == Self.heldText)
    }

    @Test func whereNobodyServesV2V3Does() async throws {
        let etcd = FakeEtcd {
            $0.version = Self.older
            for host in Self.hosts { $0.served[host] = [.v3] }
        }
        let reading = try await store(etcd).read()
        #expect(try await store(etcd).swap(Self.held, reading.revision))
        #expect(etcd.value(.v2) == nil && etcd.value(.v3) == Self.heldText)
    }

    static let unanswered: [(change: @Sendable (inout FakeEtcd.State) -> Void, why: String)] = [
        ({ $0.away = Set(hosts) }, "through 'a': no route to host; through 'b': no route to host"),
        ({ $0.spoiled["/version"] = (0, "") }, "its etcd does not say its version"),
        ({ $0.spoiled["/version"] = (500, "{}") }, "its etcd does not say its version"),
        ({ $0.version = #"{"etcdserver":"3.4.23","etcdcluster":"not_decided"}"# }, "is not decided"),
        (
            { for host in hosts { $0.served[host] = [.v2] } },
            "keeps a lock in the v3 API, and its etcd does not serve it"
        ),
        (
            {
                $0.version = oldest
                for host in hosts { $0.served[host] = [] }
            }, "keeps a lock in the v2 API, and its etcd does not serve it"
        ),
        ({ $0.spoiled["/kv/range"] = (503, #"{"error":"timed out"}"#) }, "etcd's v3 API: it answered 503"),
        (
            { $0.spoiled["/kv/range"] = (200, String(repeating: "x", count: 70_000)) },
            "etcd's v3 API: it answered 200"
        ),
    ]

    /// An unknown lock is never a free one.
    @Test(arguments: unanswered.indices) func whatCannotBeReadIsSaidAndNotTakenForFree(index: Int) async {
        let (change, why) = Self.unanswered[index]
        let fault = await #expect(throws: LockFault.self) { try await store(FakeEtcd(change)).read() }
        #expect(fault?.kind == .unanswered)
        #expect(fault?.why.contains(why) == true, "\(fault?.why ?? "")")
    }

    @Test func withoutHostsThereIsNobodyToAsk() async {
        let fault = await #expect(throws: LockFault.self) { try await store(FakeEtcd(), []).read() }
        #expect(fault?.why.contains("there is no host to ask") == true)
    }

    @Test func whatIsNoLockIsNotWrittenOver() async {
        let etcd = FakeEtcd { $0.nodes[.v3] = .init(value: "mine", revision: 5) }
        let fault = await #expect(throws: LockFault.self) { try await store(etcd).read() }
        #expect(fault?.kind == .unreadable)
        #expect(etcd.value(.v3) == "mine")
    }

    /// Workers take no turn, however many there are and wherever they are in the order.
    @Test func workersAreNoWitnesses() async throws {
        let hosts = (0..<20).map { HostID("h\($0)") }
        let etcd = FakeEtcd { $0.workers = Set(hosts.prefix(18)) }
        let store = store(etcd, hosts)
        #expect(try await store.read().lock == ClusterLock())
        #expect(etcd.asked == Array(hosts.prefix(19)))
        #expect(try await store.read().lock == ClusterLock())
        #expect(etcd.asked == Array(hosts.prefix(19)))
        // Complaints of hosts with etcd come before those of workers.
        etcd.change { $0.spoiled["/version"] = (500, "no") }
        await #expect {
            try await store.read()
        } throws: {
            let why = ($0 as? LockFault)?.why ?? ""
            return why.contains("'h18'") && why.contains("'h19'") && !why.contains("'h0'")
        }
    }

    /// In a large cluster, only a few hosts are asked one question; the next question goes to others.
    @Test func aFewAreAskedAndThenOthers() async throws {
        let hosts = (0..<10).map { HostID("h\($0)") }
        let etcd = FakeEtcd { $0.away = Set(hosts.prefix(6)) }
        let store = store(etcd, hosts)
        await #expect(throws: LockFault.self) { try await store.read() }
        #expect(etcd.asked == Array(hosts.prefix(4)))
        #expect(try await store.read().lock == ClusterLock())
        #expect(etcd.asked == Array(hosts.prefix(7)))
    }
}
