import AgentProtocol
import Foundation
import RolloutJournal
import RolloutModel
import Rollouts
import Synchronization
import Testing

/// locksmith's semaphore over a whole rollout: the cluster, its hosts, and others who want it.
@Suite struct SemaphoreTests {
    static let rollout = RolloutID("r-1")
    static let second = RolloutID("r-2")

    /// Takes the lock for the rollout, drives it to its end or hold, and releases the lock where it has ended.
    private func run(
        _ cluster: FakeCluster, _ semaphores: FakeSemaphoreStore, journal path: String,
        store: FakeLockStore = FakeLockStore(), access: HostAccess? = nil,
        notify: @escaping @Sendable (RolloutNotice) -> Void = { _ in }
    ) async throws -> RolloutDriver.Ending {
        let access = access ?? cluster.access
        let lock = RolloutLock(
            hosts: cluster.ids, access: access, store: store.store, semaphores: semaphores.store)
        let isNew = !FileManager.default.fileExists(atPath: path)
        let journal =
            isNew
            ? try await Journal(beginning: cluster.plan, configuration: "", path: path)
            : try await Journal(resuming: path)
        let claimant = LockHolder(rollout: Self.rollout, token: 0, operatorName: "ann", since: "now")
        guard case .taken(let token, _) = await lock.take(for: claimant, above: journal.record.token) else {
            throw Unexpected()
        }
        try await journal.append(.attached(token: token, by: "test"))
        let watch = GateWatch(
            plan: cluster.plan, settings: RolloutDriverTests.settings, access: access, lock: lock,
            clock: cluster.clock)
        let driver = RolloutDriver(
            watch: watch, token: token, timeouts: RolloutDriverTests.timeouts, notify: notify)
        let event = RolloutDriverTests.start(of: journal.record.machine.state, false)
        let ending = try await driver.run(journal, from: event)
        if case .finished = ending { #expect(await lock.release(Self.rollout, token: token).isEmpty) }
        return ending
    }

    private struct Unexpected: Error {}

    private func withJournalPath(_ body: (String) async throws -> Void) async throws {
        try await RolloutDriverTests().withJournalPath(body)
    }

    /// While a host is out the rollout holds all slots of the semaphore; before and after that the semaphore is
    /// unchanged.
    @Test(arguments: [
        [RebootSemaphore()], [RebootSemaphore(max: 3)],
        [RebootSemaphore(), RebootSemaphore(group: "workers", max: 2)],
    ])
    func isHeldWhileHostsAreOut(before: [RebootSemaphore]) async throws {
        try await withJournalPath { path async throws in
            let (cluster, semaphores) = (FakeCluster(), FakeSemaphoreStore(before))
            let seen = Mutex<[Bool]>([])
            var access = cluster.access
            let reboot = access.reboot
            access.reboot = { host, request throws(HostFault) in
                let kept = semaphores.state.withLock { $0.semaphores }
                seen.withLock { $0.append(kept.allSatisfy { $0.isReserved(for: Self.rollout) }) }
                return try await reboot(host, request)
            }
            #expect(try await run(cluster, semaphores, journal: path, access: access) == .finished(.upgraded))
            #expect(cluster.acts == RolloutDriverTests.inOrder)
            #expect(seen.withLock { $0 } == [true, true, true])
            #expect(semaphores.state.withLock { $0.semaphores } == before)
        }
    }

    /// The semaphore is announced on the disk before it is taken.
    @Test func isAnnouncedBeforeItIsTaken() async throws {
        try await withJournalPath { path async throws in
            let (cluster, semaphores) = (FakeCluster(), FakeSemaphoreStore())
            let announced = Mutex<[Bool]>([])
            let store = semaphores.store
            let access = cluster.access
            let lock = RolloutLock(
                hosts: cluster.ids, access: access, store: FakeLockStore().store,
                semaphores: SemaphoreStore(
                    read: store.read,
                    swap: { semaphore, revision throws(LockFault) in
                        let record = try? Journal.read(path: path)
                        announced.withLock { $0.append(record?.machine.tenure.reserves == true) }
                        return try await store.swap(semaphore, revision)
                    }))
            let journal = try await Journal(beginning: cluster.plan, configuration: "", path: path)
            let claimant = LockHolder(rollout: Self.rollout, token: 0, operatorName: "ann", since: "now")
            #expect(await lock.take(for: claimant, above: 0) == .taken(token: 1, missing: []))
            try await journal.append(.attached(token: 1, by: "test"))
            let watch = GateWatch(
                plan: cluster.plan, settings: RolloutDriverTests.settings, access: access, lock: lock,
                clock: cluster.clock)
            let driver = RolloutDriver(
                watch: watch, token: 1, timeouts: RolloutDriverTests.timeouts, notify: { _ in })
            #expect(try await driver.run(journal, from: .began) == .finished(.upgraded))
            #expect(announced.withLock { $0 } == [true])
            let entries = try journalEntries(path).filter {
                if case .reserving = $0.what { true } else { false }
            }
            #expect(entries.map(\.what) == [.reserving(holder: "r-1")], "once, though gates were asked often")
        }
    }

    /// A host has the semaphore and releases it while the rollout waits: earlier observations do not count.
    @Test func isWaitedForWhereAHostHasIt() async throws {
        try await withJournalPath { path async throws in
            let (cluster, semaphores) = (
                FakeCluster(), FakeSemaphoreStore([RebootSemaphore(holders: ["m-b"])])
            )
            let waits = Mutex<[[HoldReason]]>([])
            let ending = try await run(cluster, semaphores, journal: path) { notice in
                guard case .waiting(let wait) = notice else { return }
                let count = waits.withLock { waits in
                    waits.append(wait.reasons)
                    return waits.count
                }
                if count == 10 { semaphores.change { $0[0].holders = [] } }
            }
            #expect(ending == .finished(.upgraded))
            let kinds = waits.withLock { $0 }.prefix(11).map { reasons -> String in
                switch reasons.first {
                case .semaphore(.semaphoreHeld(nil, let holders, _)):
                    "held by \(holders.map(\.description).joined())"
                case .semaphore(.semaphoreFree): "free"
                default: "other"
                }
            }
            #expect(kinds == Array(repeating: "held by host 'b' (m-b)", count: 10) + ["free"])
        }
    }

    /// The semaphore is never stolen: the rollout holds at the deadline, with nothing touched, and goes on once the
    /// semaphore is released.
    @Test func holdsAtTheDeadlineAndGoesOnLater() async throws {
        try await withJournalPath { path async throws in
            let (cluster, semaphores) = (
                FakeCluster(), FakeSemaphoreStore([RebootSemaphore(holders: ["ann"])])
            )
            let store = FakeLockStore()
            guard case .held(let reasons) = try await run(cluster, semaphores, journal: path, store: store)
            else { throw Unexpected() }
            #expect(reasons.count == 1)
            guard
                case .semaphore(.semaphoreHeld(nil, [SemaphoreHolder(id: "ann")], Duration.seconds(30)...))? =
                    reasons.first
            else {
                throw Unexpected()
            }
            #expect(cluster.acts.isEmpty && semaphores.holders == [["ann"]])
            semaphores.change { $0[0].holders = [] }
            #expect(try await run(cluster, semaphores, journal: path, store: store) == .finished(.upgraded))
            #expect(semaphores.holders == [[]])
        }
    }

    /// A person unlocked the semaphore by hand while a host was out: it is taken again before the next host goes.
    @Test func isTakenAgainWhereItWasUnlocked() async throws {
        try await withJournalPath { path async throws in
            let (cluster, semaphores) = (FakeCluster(), FakeSemaphoreStore())
            var access = cluster.access
            let commit = access.commit
            access.commit = { host, request, progress throws(HostFault) in
                semaphores.change { $0[0].holders = [] }
                return try await commit(host, request, progress)
            }
            #expect(try await run(cluster, semaphores, journal: path, access: access) == .finished(.upgraded))
            #expect(cluster.acts == RolloutDriverTests.inOrder)
        }
    }

    /// The turnstile dies with the semaphore. A resume recognises it as its own, and another rollout does not.
    @Test func aDeadHolderFindsItsOwnAndNobodyElseDoes() async throws {
        try await withJournalPath { path async throws in
            let (cluster, semaphores) = (FakeCluster(), FakeSemaphoreStore([RebootSemaphore(max: 2)]))
            let store = FakeLockStore()
            cluster.change("b") { $0.isUnreachable = true }
            guard case .held = try await run(cluster, semaphores, journal: path, store: store) else {
                throw Unexpected()
            }
            #expect(semaphores.holders == [["r-1", "r-1#2"]])
            cluster.change("b") { $0.isUnreachable = false }
            #expect(try await run(cluster, semaphores, journal: path, store: store) == .finished(.upgraded))
            #expect(semaphores.holders == [[]])
        }
    }

    // MARK: The lock alone

    private func lock(_ semaphores: FakeSemaphoreStore, _ store: FakeLockStore = FakeLockStore())
        -> RolloutLock
    {
        let cluster = FakeCluster()
        return RolloutLock(
            hosts: cluster.ids, access: cluster.access, store: store.store, semaphores: semaphores.store)
    }

    @Test func unlockingFreesItToo() async {
        let (semaphores, store) = (
            FakeSemaphoreStore([RebootSemaphore(max: 3, holders: ["m-b", "r-1", "r-1#2"])]), FakeLockStore()
        )
        store.state.withLock { state in
            state.lock = ClusterLock(
                lastToken: 4,
                holder: LockHolder(rollout: Self.rollout, token: 4, operatorName: "ann", since: "then"))
        }
        #expect(await lock(semaphores, store).unlock(naming: Self.rollout) == .unlocked(missing: []))
        #expect(semaphores.holders == [["m-b"]] && store.lock.holder == nil)
    }

    /// The semaphore is the last trace of a rollout that was released while etcd's v2 did not answer.
    @Test func whatTheSemaphoreAloneHasCanBeUnlocked() async throws {
        let semaphores = FakeSemaphoreStore([RebootSemaphore(holders: ["r-1"])])
        let lock = lock(semaphores)
        #expect(try await lock.holder(named: Self.rollout)?.rollout == Self.rollout)
        #expect(try await lock.holder(named: Self.second) == nil)
        #expect(await lock.unlock(naming: Self.second) == .notHeld(by: nil))
        #expect(await lock.unlock(naming: Self.rollout) == .unlocked(missing: []))
        #expect(semaphores.holders == [[]])
    }

    /// A rollout that was taken up elsewhere still has the semaphore.
    @Test func whoWasOvertakenGivesNothingBack() async {
        let (semaphores, store) = (FakeSemaphoreStore([RebootSemaphore(holders: ["r-1"])]), FakeLockStore())
        store.state.withLock { state in
            state.lock = ClusterLock(
                lastToken: 2,
                holder: LockHolder(rollout: Self.rollout, token: 2, operatorName: "bob", since: "now"))
        }
        await lock(semaphores, store).release(Self.rollout, token: 1)
        #expect(semaphores.holders == [["r-1"]])
        await lock(semaphores, store).release(Self.rollout, token: 2)
        #expect(semaphores.holders == [[]])
    }

    @Test func whatCannotBeGivenBackIsSaid() async {
        let semaphores = FakeSemaphoreStore([RebootSemaphore(holders: ["r-1"])])
        semaphores.state.withLock { $0.isAway = true }
        #expect(
            await lock(semaphores).release(Self.rollout, token: 1) == ["locksmith's semaphore: no quorum"])
    }

    /// An answer is lost, or somebody else writes first: the next reading tells.
    @Test func aSwapIsTriedAgain() async {
        let semaphores = FakeSemaphoreStore([RebootSemaphore(max: 2, holders: ["m-b", "r-1"])])
        semaphores.state.withLock { state in
            state.between = { $0[0].holders = ["m-c", "r-1"] }
            state.lostAfter = 1
        }
        #expect(await lock(semaphores).release(Self.rollout, token: 1).isEmpty)
        #expect(semaphores.holders == [["m-c"]])
        #expect(semaphores.state.withLock { $0.swaps } == 2)
    }
}
