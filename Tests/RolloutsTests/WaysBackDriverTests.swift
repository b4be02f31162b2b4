import AgentProtocol
import Foundation
import RolloutJournal
import RolloutModel
import Rollouts
import SampleValues
import Synchronization
import Testing

/// Rollbacks, abandonments and lost replies, in virtual time.
extension RolloutDriverTests {
    static let new = Version("2.0.0")
    static let old = Version("1.0.0")

    /// Runs a rollout that holds with `a` on its new partition, unhealthy.
    func failing(
        _ cluster: FakeCluster, _ path: String, onFailure: Plan.OnFailure = .hold
    ) async throws -> RolloutDriver.Ending {
        cluster.change("a") { $0.unfitVersion = "2.0.0" }
        return try await run(cluster, path, plan: { $0.onFailure = onFailure })
    }

    func rollbackRequest(_ cluster: FakeCluster, _ host: HostID) throws -> RolloutMachine.Event {
        let found = try #require(cluster.state.withLock { $0.hosts[host] })
        return .rollbackRequested(
            host: host, boot: BootID("\(host)-\(found.boots)"), version: Version(found.version),
            partition: found.booted)
    }

    // MARK: rollback

    @Test func aHostThatIsNotWholeIsTakenBackByAPersonAndNotStagedAgain() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            guard case .held(let reasons) = try await failing(cluster, path) else {
                Issue.record("not held")
                return
            }
            #expect(reasons.contains { if case .fleet(.memberMissing(a, _, _)) = $0 { true } else { false } })
            let rolledBack = HoldReason.step(.rolledBack(host: a, running: Self.old, from: Self.new))
            let request = try rollbackRequest(cluster, a)
            #expect(try await run(cluster, path, event: request) == .held([rolledBack]))
            #expect(cluster.acts == ["stage a", "reboot a", "rollback a"])
            #expect(try await run(cluster, path) == .held([rolledBack]))
            #expect(cluster.acts == ["stage a", "reboot a", "rollback a"])

            cluster.change("a") { $0.unfitVersion = nil }
            #expect(try await run(cluster, path, retryReverted: true) == .finished(.upgraded))
            #expect(cluster.acts.suffix(9) == Self.inOrder[...])
        }
    }

    @Test func onFailureRollbackTakesItBackAtOnce() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            guard case .held(let reasons) = try await failing(cluster, path, onFailure: .rollback) else {
                Issue.record("not held")
                return
            }
            #expect(reasons.last == .step(.rolledBack(host: a, running: Self.old, from: Self.new)))
            #expect(reasons.contains { if case .fleet(.memberMissing(a, _, _)) = $0 { true } else { false } })
            #expect(cluster.acts == ["stage a", "reboot a", "rollback a"])
        }
    }

    @Test func pastThePointOfNoReturnNothingIsTakenBack() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.state.withLock { $0.clusterVersion = "3.5.0" }
            guard case .held(let reasons) = try await failing(cluster, path, onFailure: .rollback),
                case .step(.notRolledBack(a, let why))? = reasons.last
            else {
                Issue.record("not held by it")
                return
            }
            #expect(why.contains("etcd 3.4 of USR-A would not start"))
            #expect(cluster.acts == ["stage a", "reboot a"])
            // The hold loses nothing: once the host is healthy, the rollout goes on.
            cluster.change("a") { $0.unfitVersion = nil }
            #expect(try await run(cluster, path) == .finished(.upgraded))
        }
    }

    @Test func aCommittedHostGoesBackInAJournalOfItsOwn() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            #expect(try await run(cluster, path) == .finished(.upgraded))
            let request = try rollbackRequest(cluster, b)
            let ending = try await run(
                cluster, path + ".2",
                plan: {
                    $0.purpose = .rollback(host: b)
                }, event: request)
            // The hosts have seen token 1 of the first rollout, and accept it from any caller.
            #expect(ending == .finished(.rolledBack))
            #expect(cluster.acts == Self.inOrder + ["rollback b"])
            #expect(cluster.versions == ["2.0.0", "1.0.0", "2.0.0"])
        }
    }

    /// The coordinator dies at its n-th question from the rollback on: whatever the journal says then, the host goes
    /// back once.
    @Test func killedAnywhereARollbackHappensOnce() async throws {
        var questions = 1
        while try await isRollbackKilled(after: questions) { questions += 3 }
        #expect(questions > 30)
    }

    private func isRollbackKilled(after questions: Int) async throws -> Bool {
        let cluster = FakeCluster()
        try await withJournalPath { path async throws in
            _ = try await failing(cluster, path)
            let request = try rollbackRequest(cluster, a)
            let survivor = path + ".survivor"
            cluster.state.withLock { state in
                state.callsLeft = questions
                state.onDeath = { try? FileManager.default.copyItem(atPath: path, toPath: survivor) }
            }
            do {
                _ = try await run(cluster, path, event: request)
            } catch is CancellationError {
            }
            guard FileManager.default.fileExists(atPath: survivor) else { return }
            cluster.state.withLock { $0.callsLeft = nil }
            let ending = try await run(cluster, survivor)
            #expect(
                ending == .held([.step(.rolledBack(host: a, running: Self.old, from: Self.new))]),
                "killed after \(questions)")
        }
        #expect(cluster.acts == ["stage a", "reboot a", "rollback a"], "killed after \(questions) questions")
        return cluster.state.withLock { $0.callsLeft == nil }
    }

    // MARK: abandon

    /// `a` is upgraded, `b` is staged, and the gates before its reboot are shut.
    func heldWithBStaged(_ cluster: FakeCluster, _ path: String) async throws {
        let didStage = Mutex(false)
        let journal = try await Journal(beginning: cluster.plan, configuration: "", path: path)
        try await journal.append(.attached(token: 1, by: "test"))
        let driver = RolloutDriver(
            watch: GateWatch(
                plan: cluster.plan, settings: Self.settings, access: cluster.access, clock: cluster.clock),
            token: 1, timeouts: Self.timeouts
        ) { notice in
            guard case .entered(let machine) = notice, machine.state.upgrade?.host == HostID("b"),
                case .rebootCheck? = machine.state.upgrade?.stage
            else { return }
            didStage.withLock { $0 = true }
            cluster.change("c") { $0.memberIsUnhealthy = true }
        }
        guard case .held = try await driver.run(journal, from: .began) else {
            throw CancellationError()
        }
        #expect(didStage.withLock { $0 })
        cluster.change("c") { $0.memberIsUnhealthy = false }
    }

    @Test func everyHostIsGivenBackAndTheRolloutEnds() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            try await heldWithBStaged(cluster, path)
            #expect(try await run(cluster, path, event: .abandonRequested) == .finished(.abandoned))
            #expect(
                cluster.acts == ["stage a", "reboot a", "commit a", "stage b", "abandon a", "abandon b"])
            #expect(cluster.versions == ["2.0.0", "1.0.0", "1.0.0"])
            #expect(
                cluster.state.withLock { state in
                    state.hosts.values.allSatisfy { $0.staged == nil && !$0.holdsOriginal }
                })
        }
    }

    @Test func aHostThatDoesNotAnswerIsNamedAndTheSameCommandGoesOn() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            try await heldWithBStaged(cluster, path)
            cluster.change("b") { $0.isUnreachable = true }
            let began = cluster.state.withLock { $0.now }
            #expect(
                try await run(cluster, path, event: .abandonRequested)
                    == .held([.step(.stepFailed(host: b, step: .abandon, why: "no route to host"))]))
            #expect(cluster.state.withLock { $0.now } - began < .seconds(5))
            cluster.change("b") { $0.isUnreachable = false }
            #expect(try await run(cluster, path, event: .abandonRequested) == .finished(.abandoned))
            #expect(cluster.acts.suffix(2) == ["abandon a", "abandon b"])
        }
    }

    // MARK: what is asked of agents

    @Test func whatThePlanSaysIsWhatAgentsAreAsked() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let change: (inout Plan) -> Void = {
                $0.commit = .direct
                $0.deadManMinutes = 30
            }
            #expect(try await run(cluster, path, plan: change) == .finished(.upgraded))
            let requests = cluster.state.withLock { $0.requests }
            #expect(requests.stage?.etcdVersion == "3.4.23")
            #expect(requests.reboot?.deadManMinutes == 30)
            #expect(requests.commit?.method == .direct)
        }
    }

    @Test func aHazardHoldsWithItsAgentsWords() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.change("c") {
                $0.hazards = [
                    HostHazard(kind: .rebootsByItself, unit: "locksmithd.service", message: "stop it first")
                ]
            }
            #expect(
                try await run(cluster, path)
                    == .held([
                        .host(
                            .hostUnsafe(
                                host: HostID("c"), unit: "locksmithd.service", message: "stop it first"))
                    ]))
            #expect(cluster.acts.isEmpty)
        }
    }

    @Test func aHostAtWorkForAnotherRolloutHoldsAndItIsNamed() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.change("b") { $0.isAtWorkFor = "r-0" }
            #expect(
                try await run(cluster, path)
                    == .held([.host(.claimedByAnother(host: b, rollout: RolloutID("r-0")))]))
            #expect(cluster.acts.isEmpty)
        }
    }

    @Test func aHostThatWentBackEarlierNeedsAWord() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.change("a") { $0.revertedFrom = "2.0.0" }
            #expect(
                try await run(cluster, path)
                    == .held([.step(.revertedBefore(host: a, why: "it went back from 2.0.0"))]))
            #expect(cluster.acts.isEmpty)
            #expect(try await run(cluster, path, retryReverted: true) == .finished(.upgraded))
        }
    }

    // MARK: lost replies

    @Test(arguments: [AgentVerb.stage, .commit]) func manyLostRepliesOfOneStepAreAskedForUntilItsDeadline(
        verb: AgentVerb
    ) async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let lost = Mutex(0)
            let losing = cluster.access.losing(verb) {
                lost.withLock {
                    $0 += 1; return $0 <= 5
                }
            }
            let ending = try await run(cluster, path, access: losing)
            #expect(ending == .finished(.upgraded))
            #expect(lost.withLock { $0 } > 5)
            #expect(cluster.acts == Self.inOrder)
        }
    }

    @Test func aStepThatIsNeverHeardOfEndsAtItsDeadline() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let losing = cluster.access.losing(.commit) { true }
            guard case .held(let reasons) = try await run(cluster, path, access: losing),
                case .step(.stepFailed(a, .commit, let why))? = reasons.first
            else {
                Issue.record("not held by it")
                return
            }
            #expect(why.contains("asked again when the rollout is resumed"))
            #expect(cluster.acts == ["stage a", "reboot a", "commit a"])
            #expect(try await run(cluster, path) == .finished(.upgraded))
            #expect(cluster.acts == Self.inOrder)
        }
    }

    @Test func aHostThatIsAwayForAWhileInMidStepIsAskedAgain() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.change("a") { $0.unreachableAfterVerb = 8 }
            cluster.state.withLock { $0.repliesToLose = [.stage] }
            #expect(try await run(cluster, path) == .finished(.upgraded))
            #expect(cluster.acts == Self.inOrder)
        }
    }
}

extension HostAccess {
    /// A copy that loses replies to one verb after the act, while `isLost` is true.
    func losing(_ verb: AgentVerb, _ isLost: @escaping @Sendable () -> Bool) -> HostAccess {
        var access = self
        @Sendable func pass<Ending>(_ host: HostID, _ ending: Ending) throws(HostFault) -> Ending {
            guard isLost() else { return ending }
            throw HostFault(host: host, kind: .interrupted, why: "connection reset")
        }
        switch verb {
        case .stage:
            access.stage = { [stage] host, request, progress throws(HostFault) in
                try pass(host, try await stage(host, request, progress))
            }
        case .commit:
            access.commit = { [commit] host, request, progress throws(HostFault) in
                try pass(host, try await commit(host, request, progress))
            }
        case .report, .prefetch, .arm, .reboot, .rollback, .abandon, .claim, .release:
            preconditionFailure("not lost here")
        }
        return access
    }
}
