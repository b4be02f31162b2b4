import Foundation
import RolloutJournal
import RolloutModel
import Testing

@testable import Rollouts

/// The upgrade of a platform is a rollout. The upgrade is asked for, held at its point of no return,
/// resumed, and abandoned.
@Suite struct PlatformUseCaseTests {
    private let cluster = FakeCluster()
    private let store = FakeLockStore()
    private let platform = FakePlatform()

    private func withUseCases(
        allows: @escaping @Sendable (Question) -> Bool = { _ in true },
        _ body: (UseCases, JournalStore) async throws -> Void
    ) async throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("platform-\(UUID())")
        defer { try? FileManager.default.removeItem(at: place) }
        let journals = JournalDirectory(path: place.path).store
        let ports = RolloutPorts(
            cluster: { [cluster, store, platform] hosts in
                ClusterPorts(
                    hosts: hosts, access: cluster.access, store: store.store, semaphores: nil, nodes: nil,
                    operatorGates: .none,
                    platform: { _ throws(CommandRefusal) in try platform.open() },
                    roll: { await .reports(of: hosts, access: cluster.access) },
                    arrange: { _, _ in hosts }, neighbours: { _ in [] }, close: {})
            },
            journals: journals, clock: cluster.clock, timeOfDay: { "2026-11-29T10:40:00Z" },
            operatorName: "ann@desk")
        let settings = RolloutSettings(
            gates: RolloutDriverTests.settings, interval: .seconds(1), timeouts: RolloutDriverTests.timeouts,
            mark: ConfigurationMark(digest: ""))
        let decider = Decider(allows: { allows($0) }, lossReason: { _, _ in nil })
        try await body(
            UseCases(ports: ports, settings: settings, decider: decider, tell: { _ in }), journals)
    }

    private var draft: PlanDraft {
        PlanDraft(
            rollout: RolloutID("r-1"), hosts: cluster.ids, order: .given, target: .firstOffer, found: nil,
            group: nil, server: nil, engineRest: .masked, commit: .engine, deadManMinutes: nil,
            onFailure: .hold, retryReverted: false, acceptsNoReturn: false, movesLeader: false,
            etcdAfter: nil, overrides: [], purpose: .upgrade, stopAfter: nil, operatorName: "ann@desk",
            createdAt: "2026-11-29T10:40:00Z")
    }

    private static func allowsBeginning(_ question: Question) -> Bool {
        if case .passNoReturn = question { false } else { true }
    }

    @Test func itGoesToItsEndAndLetsTheClusterGo() async throws {
        try await withUseCases { useCases, journals in
            let plan = try FakePlatform.plan()
            let end = try await useCases.upgrade(plan, draft)
            #expect(end.ending == .finished(.platformUpgraded))
            #expect(platform.acts == plan.steps.steps.map(\.move.act))
            #expect(store.lock.holder == nil)
            let kept = try await journals.record(of: end.rollout)
            #expect(kept.machine.tenure.isReleased)
            #expect(cluster.acts.isEmpty)
        }
    }

    @Test func aNoLeavesEverythingAsItWas() async throws {
        try await withUseCases(allows: { _ in false }) { useCases, journals in
            let refusal = await #expect(throws: CommandRefusal.self) {
                try await useCases.upgrade(try FakePlatform.plan(), draft)
            }
            guard case .declined(.beginPlatform)? = refusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
            #expect(store.lock == ClusterLock())
            let kept = try await journals.list()
            #expect(kept.isEmpty && platform.acts.isEmpty)
        }
    }

    /// The rollout is held there with the cluster, and goes on by a person's word.
    @Test func thePointOfNoReturnTakesAWord() async throws {
        try await withUseCases(allows: { Self.allowsBeginning($0) }) { useCases, _ in
            let plan = try FakePlatform.plan()
            let end = try await useCases.upgrade(plan, draft)
            #expect(end.ending == .held([.platform(FakePlatform.noReturn)]))
            #expect(store.lock.holder?.rollout == RolloutID("r-1"))
            let point = try #require(plan.steps.steps.firstIndex { $0.undo == .impossible })
            #expect(platform.acts == plan.steps.steps.prefix(point).map(\.move.act))
            let still = try await useCases.resume(nil, ResumeWish())
            #expect(still.ending == .held([.platform(FakePlatform.noReturn)]))
            let last = try await useCases.resume(nil, ResumeWish(acceptsNoReturn: true))
            #expect(last.ending == .finished(.platformUpgraded))
            #expect(platform.acts == plan.steps.steps.map(\.move.act))
        }
    }

    @Test func abandonedBeforeItsPointOfNoReturnItIsUndone() async throws {
        try await withUseCases(allows: { Self.allowsBeginning($0) }) { useCases, _ in
            let plan = try FakePlatform.plan()
            _ = try await useCases.upgrade(plan, draft)
            let done = platform.acts.count
            let end = try await useCases.abandon(nil)
            #expect(end.ending == .finished(.platformRestored))
            let undone = plan.steps.steps.prefix(done).reversed().compactMap { step -> PlatformAct? in
                guard case .by(let move) = step.undo else { return nil }
                return move.act
            }
            #expect(Array(platform.acts.dropFirst(done)) == undone)
            #expect(store.lock.holder == nil)
        }
    }

    /// The platform stays as it is after the point of no return. No deisctl is needed for that.
    @Test func abandonedAfterItNothingIsUndone() async throws {
        try await withUseCases { useCases, _ in
            platform.change { $0.isDead = true }
            guard case .held = try await useCases.upgrade(try FakePlatform.plan(), draft).ending else {
                Issue.record("not held")
                return
            }
            let done = platform.acts.count
            platform.change { $0.isLost = true }
            let end = try await useCases.abandon(nil)
            #expect(end.ending == .finished(.platformLeft(after: StepID("start-controller"))))
            #expect(platform.acts.count == done && store.lock.holder == nil)
        }
    }

    /// Hosts tell whose the cluster is, and nothing of a platform's steps. Nothing is made up from that.
    @Test func aLostJournalIsNotMadeUpFromHosts() async throws {
        var draft = draft
        draft.rollout = draft.rollout.ofPlatform
        let ofPlatform = draft
        try await withUseCases(allows: { Self.allowsBeginning($0) }) { useCases, _ in
            _ = try await useCases.upgrade(try FakePlatform.plan(), ofPlatform)
        }
        let acts = platform.acts
        // A machine without the journal.
        try await withUseCases { useCases, journals in
            let refusal = await #expect(throws: CommandRefusal.self) {
                try await useCases.resumeFromHosts(self.draft, acceptsNoReturn: true)
            }
            guard case .platformLost(RolloutID("r-1-platform"))? = refusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
            let kept = try await journals.list()
            #expect(kept.isEmpty && platform.acts == acts && cluster.acts.isEmpty)
            #expect(store.lock.holder?.rollout == ofPlatform.rollout)
        }
    }

    static let ids: [(id: String, isOfPlatform: Bool)] = [
        ("r-20261130-020606-4f1c", false), ("r-20261130-020606-4f1c-platform", true), ("platform", false),
    ]

    @Test(arguments: ids) func anIdSaysWhetherItIsAPlatforms(id: String, isOfPlatform: Bool) {
        let rollout = RolloutID(id)
        #expect(rollout.isOfPlatform == isOfPlatform && rollout.ofPlatform.isOfPlatform)
        #expect(rollout.ofPlatform.ofPlatform == rollout.ofPlatform)
        #expect(rollout.ofPlatform.rawValue.hasPrefix(id))
    }

    /// A deisctl that is another one by now is refused. No step is taken, and the rollout stays as it is.
    @Test func withoutItsMeansItIsNotGoneOnWith() async throws {
        try await withUseCases(allows: { Self.allowsBeginning($0) }) { useCases, journals in
            _ = try await useCases.upgrade(try FakePlatform.plan(), draft)
            let before = try await journals.record(of: RolloutID("r-1")).entryCount
            platform.change { $0.isLost = true }
            let refusal = await #expect(throws: CommandRefusal.self) {
                try await useCases.resume(nil, ResumeWish(acceptsNoReturn: true))
            }
            guard case .held(let reasons)? = refusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
            #expect(reasons == [.platform(FakePlatform.differs)])
            #expect(try await journals.record(of: RolloutID("r-1")).entryCount == before)
        }
    }
}
