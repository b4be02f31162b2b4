import AgentProtocol
import RolloutJournal
import RolloutModel
import Rollouts
import Synchronization
import Testing

/// The ends of a journal that hosts and the store see, and how a journal that lost its end is noticed.
@Suite struct JournalSightingTests {
    static let rollout = RolloutID("r-1")

    private func claimant() -> LockHolder {
        LockHolder(rollout: Self.rollout, token: 0, operatorName: "core@bastion", since: "now")
    }

    private func sights(
        _ lock: RolloutLock, _ cluster: FakeCluster, _ path: String
    ) async throws -> [JournalSight?] {
        let seen = await lock.sightings(in: cluster.access.reports(of: cluster.ids))
        let record = try Journal.read(path: path)
        let digests = try JournalDigests(of: Set(seen.compactMap { $0.end.value??.head.entry }), path: path)
        return seen.map { sighting in
            sighting.end.value?.map { end in
                JournalSight(
                    of: end, in: Self.rollout, firstToken: record.machine.tenure.firstToken,
                    entries: record.entryCount,
                    sha256: digests[end.head.entry])
            }
        }
    }

    /// Every request tells it, and what a rollout goes on with is told with the claim.
    @Test func everyHostKnowsHowFarTheJournalHadCome() async throws {
        try await RolloutDriverTests().withJournalPath { path async throws in
            let (cluster, store) = (FakeCluster(), FakeLockStore())
            let lock = RolloutLock(hosts: cluster.ids, access: cluster.access, store: store.store)
            _ = await lock.take(for: claimant(), above: 0)
            #expect(
                await lock.sightings(in: cluster.access.reports(of: cluster.ids)).allSatisfy {
                    $0.end == .seen(nil)
                })
            let journal = try await Journal(beginning: cluster.plan, configuration: "", path: path)
            try await journal.append(.attached(token: 1, by: "test"))
            let watch = GateWatch(
                plan: cluster.plan, settings: RolloutDriverTests.settings, access: cluster.access, lock: lock,
                clock: cluster.clock)
            let driver = RolloutDriver(
                watch: watch, token: 1, timeouts: RolloutDriverTests.timeouts, notify: { _ in })
            #expect(try await driver.run(journal, from: .began) == .finished(.upgraded))
            #expect(try await sights(lock, cluster, path) == [.matches, .matches, .matches, nil])
            await lock.note(journal.end)
            #expect(store.lock.journal == journal.end)
            #expect(try await sights(lock, cluster, path) == [.matches, .matches, .matches, .matches])
            _ = await lock.release(Self.rollout, token: 1, journal: journal.end)
            #expect(try await sights(lock, cluster, path) == [.matches, .matches, .matches, .matches])
            #expect(store.lock == ClusterLock(lastToken: 1, journal: journal.end))
        }
    }

    /// Taking the lock tells the journal's end to all hosts and the store, under the new token.
    @Test func theEndIsToldWithTheClaim() async throws {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        let lock = RolloutLock(hosts: cluster.ids, access: cluster.access, store: store.store)
        let digest = String(repeating: "a", count: 64)
        let end = JournalEnd(rollout: Self.rollout, token: 1, head: JournalHead(entry: 9, sha256: digest))
        _ = await lock.take(for: claimant(), above: 1, journal: end)
        let told = JournalEnd(rollout: Self.rollout, token: 2, head: JournalHead(entry: 9, sha256: digest))
        let seen = await lock.sightings(in: cluster.access.reports(of: cluster.ids))
        #expect(seen.map(\.end) == [.seen(told), .seen(told), .seen(told), .seen(told)])
        #expect(store.lock.holder?.rollout == Self.rollout)
    }

    /// A host that tells what no journal can end with says nothing; nor does one that cannot be asked.
    @Test func whatNoJournalEndsWithIsNotBelieved() async throws {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        let lock = RolloutLock(hosts: cluster.ids, access: cluster.access, store: store.store)
        cluster.change("a") {
            $0.journal = SeenJournal(rollout: "r-1", token: 1, head: JournalHead(entry: .max, sha256: "x"))
        }
        cluster.change("b") { $0.isUnreachable = true }
        store.state.withLock { $0.isAway = true }
        let seen = await lock.sightings(in: cluster.access.reports(of: cluster.ids))
        #expect(seen.map(\.end.value) == [.some(nil), nil, .some(nil), nil])
    }

    /// Some hosts heard of an earlier entry than others: they have the same holder all the same.
    @Test func aHolderIsOneWhateverTheyHeard() async throws {
        let cluster = FakeCluster()
        let lock = RolloutLock(hosts: cluster.ids, access: cluster.access, store: nil)
        _ = await lock.take(for: claimant(), above: 0)
        for (name, entry) in [("a", 3), ("b", 4), ("c", 5)] {
            cluster.change(name) {
                let digest = String(repeating: "\(entry)", count: 64)
                $0.journal = SeenJournal(
                    rollout: "r-1", token: 1, head: JournalHead(entry: entry, sha256: digest))
            }
        }
        #expect(try await lock.holder()?.rollout == Self.rollout)
        let claims = await cluster.access.reports(of: cluster.ids).mapValues { report in
            report.map { $0.agent.claim.map { LockHolder($0) } }
        }
        #expect(LockHolder.byMajority(of: cluster.ids, claims: claims).value??.rollout == Self.rollout)
    }
}
