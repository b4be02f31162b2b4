import AgentProtocol
import RolloutModel
import Rollouts
import Synchronization
import Testing

@Suite struct RolloutLockTests {
    let first = RolloutID("r-1")
    let second = RolloutID("r-2")

    func claimant(_ rollout: RolloutID) -> LockHolder {
        LockHolder(
            rollout: rollout, token: 0, operatorName: "core@\(rollout)", since: "2026-11-25T08:00:00Z")
    }

    func holder(_ rollout: RolloutID, _ token: Token) -> LockHolder {
        var holder = claimant(rollout)
        holder.token = token
        return holder
    }

    func lock(_ cluster: FakeCluster, _ store: FakeLockStore?) -> RolloutLock {
        RolloutLock(hosts: cluster.ids, access: cluster.access, store: store?.store)
    }

    /// The claim of each agent: `r-1:5`, or `-`.
    func claims(_ cluster: FakeCluster) -> [String] {
        cluster.state.withLock { state in
            cluster.ids.map { id in
                state.hosts[id]?.claim.map { "\($0.rollout):\($0.token)" } ?? "-"
            }
        }
    }

    // MARK: With a store

    @Test func takenInTheStoreAndAtEveryAgent() async {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        #expect(
            await lock(cluster, store).take(for: claimant(first), above: 4) == .taken(token: 5, missing: []))
        #expect(store.lock == ClusterLock(lastToken: 5, holder: holder(first, 5)))
        #expect(claims(cluster) == ["r-1:5", "r-1:5", "r-1:5"])
    }

    @Test func theSecondIsHeldByTheFirstAndTouchesNothing() async {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        let lock = lock(cluster, store)
        _ = await lock.take(for: claimant(first), above: 0)
        #expect(await lock.take(for: claimant(second), above: 0) == .held(by: holder(first, 1)))
        #expect(claims(cluster) == ["r-1:1", "r-1:1", "r-1:1"])
        #expect(store.lock.holder == holder(first, 1))
    }

    @Test func resumedUnderAHigherTokenThanAnybodyHasSeen() async {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        let lock = lock(cluster, store)
        _ = await lock.take(for: claimant(first), above: 0)
        cluster.change("b") { $0.token = 30 }
        #expect(await lock.take(for: claimant(first), above: 3) == .taken(token: 31, missing: []))
        #expect(claims(cluster) == ["r-1:31", "r-1:31", "r-1:31"])
    }

    @Test func theFinishedRolloutLetsGoAndItsTokenStays() async {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        let lock = lock(cluster, store)
        _ = await lock.take(for: claimant(first), above: 0)
        #expect(await lock.release(first, token: 1).isEmpty)
        #expect(await lock.release(first, token: 1).isEmpty, "twice is as good as once")
        #expect(store.lock == ClusterLock(lastToken: 1))
        #expect(claims(cluster) == ["-", "-", "-"])
        #expect(await lock.take(for: claimant(second), above: 0) == .taken(token: 2, missing: []))
    }

    /// The rollout was resumed elsewhere meanwhile, so this turnstile must not release the lock.
    @Test func whoWasOvertakenLetsNothingGo() async {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        let lock = lock(cluster, store)
        _ = await lock.take(for: claimant(first), above: 0)
        _ = await lock.take(for: claimant(first), above: 0)
        await lock.release(first, token: 1)
        #expect(store.lock.holder == holder(first, 2))
        #expect(claims(cluster) == ["r-1:2", "r-1:2", "r-1:2"])
    }

    @Test func aHostThatIsAwayIsNamed() async {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        cluster.change("b") { $0.isUnreachable = true }
        #expect(
            await lock(cluster, store).take(for: claimant(first), above: 0)
                == .taken(
                    token: 1, missing: [.init(host: HostID("b"), why: "no route to host")]))
        #expect(claims(cluster) == ["r-1:1", "-", "r-1:1"])
    }

    /// The store was emptied, or lost: the agents still know the holder, and claims that were taken in vain are
    /// released.
    @Test func oneAgentThatAnotherHoldsIsOneTooMany() async {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        cluster.change("c") { host in
            host.claim = Claim(rollout: "r-0", token: 9, holder: "core@lost", since: "then")
            host.token = 9
        }
        guard case .held(let holder) = await lock(cluster, store).take(for: claimant(first), above: 0) else {
            return #expect(Bool(false), "taken from r-0")
        }
        #expect(holder.rollout == RolloutID("r-0"))
        #expect(claims(cluster) == ["-", "-", "r-0:9"])
        #expect(store.lock == ClusterLock(lastToken: 10))
    }

    /// Two rollouts take the lock at once through the agents alone, and one gets most of them. The winner waits while
    /// the other releases its agent.
    @Test(arguments: [true, false]) func whoCameTooLateIsWaitedFor(letsGo: Bool) async throws {
        let cluster = FakeCluster()
        let lock = lock(cluster, nil)
        guard case .taken(let token, _) = await lock.take(for: claimant(cluster.plan.rollout), above: 0)
        else {
            return #expect(Bool(false), "not taken")
        }
        cluster.change("c") { $0.claim = Claim(rollout: "r-0", token: 1, holder: "core@late", since: "then") }
        let watch = GateWatch(
            plan: cluster.plan, settings: RolloutDriverTests.settings, access: cluster.access, lock: lock,
            clock: cluster.clock)
        var looks = 0
        let answer = try await watch.ask(
            .beforeStage, of: HostID("a"), under: token, within: .seconds(60),
            waiting: { _ in
                looks += 1
                if letsGo, looks == 3 { cluster.change("c") { $0.claim = nil } }
            })
        #expect(looks >= 3)
        switch answer {
        case .open: #expect(letsGo)
        case .shut(let reasons):
            #expect(!letsGo && reasons.map(\.gate) == ["lock"], "\(reasons)")
        case .interrupted, .cameUp: #expect(Bool(false))
        }
    }

    /// The same, but the rollout had the lock already, with a host out: it keeps the lock it had.
    @Test func aResumeInVainKeepsWhatTheRolloutHad() async {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        let lock = lock(cluster, store)
        _ = await lock.take(for: claimant(first), above: 0)
        cluster.change("c") { host in
            host.claim = Claim(rollout: "r-0", token: 9, holder: "core@lost", since: "then")
        }
        guard case .held = await lock.take(for: claimant(first), above: 0) else {
            return #expect(Bool(false), "taken from r-0")
        }
        #expect(store.lock.holder?.rollout == first)
        #expect(claims(cluster) == ["r-1:2", "r-1:2", "r-0:9"])
    }

    @Test func withoutAnAnswerOfTheStoreNothingIsTaken() async {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        store.state.withLock { $0.isAway = true }
        #expect(
            await lock(cluster, store).take(for: claimant(first), above: 0) == .failed(why: "no quorum"))
        #expect(claims(cluster) == ["-", "-", "-"])
    }

    // MARK: Lost answers, and others that are quicker

    @Test(arguments: [0, 1, 2], [0, 1]) func aLostAnswerIsFoundOutAndNotGuessed(before: Int, after: Int) async
    {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        store.state.withLock { state in
            state.lostBefore = before
            state.lostAfter = after
        }
        #expect(
            await lock(cluster, store).take(for: claimant(first), above: 0) == .taken(token: 1, missing: []))
        #expect(store.lock.holder == holder(first, 1))
        #expect(store.state.withLock { $0.swaps } == before + 1)
    }

    @Test func whoeverIsQuickerHasIt() async {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        let quick = holder(second, 1)
        store.state.withLock { $0.between = { $0 = ClusterLock(lastToken: 1, holder: quick) } }
        #expect(await lock(cluster, store).take(for: claimant(first), above: 0) == .held(by: quick))
        #expect(claims(cluster) == ["-", "-", "-"])
    }

    @Test func manyAtOnceAndOneHasIt() async {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        let takings = await withTaskGroup(of: RolloutLock.Taking.self) { group in
            for number in 1...8 {
                let (lock, claimant) = (lock(cluster, store), claimant(RolloutID("r-\(number)")))
                group.addTask { await lock.take(for: claimant, above: 0) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let taken = takings.filter { if case .taken = $0 { true } else { false } }
        #expect(taken.count == 1, "\(takings)")
        #expect(Set(claims(cluster)).count == 1)
    }

    // MARK: Agents alone

    @Test func mostAgentsAreEnough() async {
        let cluster = FakeCluster()
        cluster.change("b") { $0.isUnreachable = true }
        #expect(
            await lock(cluster, nil).take(for: claimant(first), above: 4)
                == .taken(token: 5, missing: [.init(host: HostID("b"), why: "no route to host")]))
        #expect(await lock(cluster, nil).take(for: claimant(second), above: 4) == .held(by: holder(first, 5)))
        #expect(claims(cluster) == ["r-1:5", "-", "r-1:5"])
    }

    @Test func fewAgentsAreNotAndAreLetGo() async {
        let cluster = FakeCluster()
        for host in ["a", "b"] { cluster.change(host) { $0.isUnreachable = true } }
        guard case .failed(let why) = await lock(cluster, nil).take(for: claimant(first), above: 0) else {
            return #expect(Bool(false), "taken with one of three")
        }
        #expect(why.contains("1 of 3 agents accepted it, and 2 must: 'a': no route to host"))
        #expect(claims(cluster) == ["-", "-", "-"])
    }

    /// The rollout cannot tell which of the other agents are its own, so it keeps the claims it had.
    @Test func aResumeThatReachesFewAgentsKeepsWhatTheRolloutHad() async {
        let cluster = FakeCluster()
        _ = await lock(cluster, nil).take(for: claimant(first), above: 0)
        for host in ["a", "b"] { cluster.change(host) { $0.isUnreachable = true } }
        guard case .failed = await lock(cluster, nil).take(for: claimant(first), above: 1) else {
            return #expect(Bool(false), "taken with one of three")
        }
        #expect(claims(cluster) == ["r-1:1", "r-1:1", "r-1:2"])
    }

    @Test func neverTwoAtOnceByAgentsAlone() async {
        for _ in 1...20 {
            let cluster = FakeCluster(["a", "b", "c", "d", "e"])
            let takings = await withTaskGroup(of: RolloutLock.Taking.self) { group in
                for number in 1...4 {
                    let (lock, claimant) = (lock(cluster, nil), claimant(RolloutID("r-\(number)")))
                    group.addTask { await lock.take(for: claimant, above: 0) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let taken = takings.filter { if case .taken = $0 { true } else { false } }
            #expect(taken.count <= 1, "\(takings)")
        }
    }

    // MARK: Unlocking

    @Test(arguments: [true, false]) func aDeadHolderIsNamedAndFreedByItsExactId(hasStore: Bool) async throws {
        let cluster = FakeCluster()
        let store = hasStore ? FakeLockStore() : nil
        let lock = lock(cluster, store)
        _ = await lock.take(for: claimant(first), above: 0)
        #expect(try await lock.holder() == holder(first, 1))
        #expect(try await lock.holder(named: first) == holder(first, 1))
        #expect(try await lock.holder(named: RolloutID("r-")) == nil)

        let wrong = await lock.unlock(naming: RolloutID("r-"))
        #expect(wrong == .notHeld(by: holder(first, 1)))
        #expect(claims(cluster) == ["r-1:1", "r-1:1", "r-1:1"])

        #expect(await lock.unlock(naming: first) == .unlocked(missing: []))
        #expect(try await lock.holder() == nil)
        #expect(claims(cluster) == ["-", "-", "-"])
        #expect(await lock.unlock(naming: first) == .notHeld(by: nil))

        // The holder that was named as dead lives after all, and is refused.
        let late = try await cluster.access.stage(
            HostID("a"),
            StageRequest(
                authority: Authority(rollout: "r-1", token: 1), group: nil, server: nil, target: nil,
                acceptsRevert: false, engineRest: .masked, etcdVersion: nil, deadline: .seconds(60))
        ) { _ in }
        guard case .refused(let refusal) = late else { return #expect(Bool(false), "\(late)") }
        #expect(refusal.reason == .tokenOutdated)
        guard case .taken(let token, []) = await lock.take(for: claimant(second), above: 0) else {
            return #expect(Bool(false), "not free")
        }
        #expect(token >= 3, "above the one that fenced the first off")
        #expect(await lock.take(for: claimant(first), above: 1) == .held(by: holder(second, token)))
    }

    @Test func aHostThatWasAwayIsFreedByAskingAgain() async throws {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        let lock = lock(cluster, store)
        _ = await lock.take(for: claimant(first), above: 0)
        cluster.change("b") { $0.isUnreachable = true }
        #expect(
            await lock.unlock(naming: first)
                == .unlocked(missing: [.init(host: HostID("b"), why: "no route to host")]))
        cluster.change("b") { $0.isUnreachable = false }
        guard case .held(let still) = await lock.take(for: claimant(second), above: 0) else {
            return #expect(Bool(false), "b is held by r-1 still")
        }
        #expect(still.rollout == first)
        #expect(await lock.unlock(naming: first) == .unlocked(missing: []))
        guard case .taken = await lock.take(for: claimant(second), above: 0) else {
            return #expect(Bool(false), "not free")
        }
    }
}
