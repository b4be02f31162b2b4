import Foundation
import RolloutJournal
import RolloutModel
import Synchronization
import Testing

@testable import Rollouts

/// The upgrade of a platform is a rollout. The upgrade is asked for, held at its point of no return,
/// resumed, and abandoned.
@Suite struct PlatformUseCaseTests {
    private let cluster = FakeCluster()
    private let store = FakeLockStore()
    private let platform = FakePlatform()

    /// - Parameter minute: of a Monday, at which it begins, short of the next. An hour is past with the first act.
    private func withUseCases(
        allows: @escaping @Sendable (Question) -> Bool = { _ in true }, window: MaintenanceWindow? = nil,
        minute: Int = 0, operatorGates: OperatorGates = .none, semaphores: SemaphoreStore? = nil,
        _ body: (UseCases, JournalStore) async throws -> Void
    ) async throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("platform-\(UUID())")
        defer { try? FileManager.default.removeItem(at: place) }
        let journals = JournalDirectory(path: place.path).store
        let ports = RolloutPorts(
            cluster: { [cluster, store, platform] hosts in
                ClusterPorts(
                    hosts: hosts, access: cluster.access, store: store.store, semaphores: semaphores,
                    nodes: nil, operatorGates: operatorGates,
                    platform: { _ throws(CommandRefusal) in try platform.open() },
                    roll: { await .reports(of: hosts, access: cluster.access) },
                    arrange: { _, _ in .listed(hosts) }, neighbours: { _ in [] }, close: {})
            },
            journals: journals, clock: clock(from: minute), timeOfDay: { "2026-11-29T10:40:00Z" },
            operatorName: "ann@desk")
        let settings = RolloutSettings(
            gates: settings(window), interval: .seconds(1), timeouts: RolloutDriverTests.timeouts,
            mark: ConfigurationMark(digest: ""))
        let decider = Decider(requirePresence: {}, allows: { allows($0) }, lossReason: { _, _ in nil })
        try await body(
            UseCases(ports: ports, settings: settings, decider: decider, tell: { _ in }), journals)
    }

    private func settings(_ window: MaintenanceWindow?) -> GateSettings {
        var settings = RolloutDriverTests.settings
        settings.windows = window.map { .init(open: [$0], minutesPerHost: 30) }
        return settings
    }

    private func clock(from minute: Int) -> RolloutClock {
        var clock = cluster.clock
        let began = clock.now()
        let now = clock.now
        clock.localTime = { [platform] in
            let passed = Int((now() - began + .seconds(45)) / .seconds(60)) + (platform.acts.isEmpty ? 0 : 60)
            return LocalTime(weekday: .monday, minute: minute + passed)
        }
        return clock
    }

    private var draft: PlanDraft {
        PlanDraft(
            rollout: RolloutID("r-1"), hosts: cluster.ids, bystanders: [], order: .given, target: .firstOffer,
            found: nil,
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

    static let hours: [(minute: Int, isOpen: Bool)] = [
        (12 * 60, true), (12 * 60 + 55, true), (9 * 60, false), (13 * 60, false),
    ]

    /// No part is taken away while the window is shut. What was begun goes on to its end after the window has closed.
    @Test(arguments: hours) func aMaintenanceWindowIsKept(minute: Int, isOpen: Bool) async throws {
        let window = try #require(MaintenanceWindow("12:00-13:00"))
        try await withUseCases(window: window, minute: minute) { useCases, _ in
            let plan = try FakePlatform.plan()
            let end = try await useCases.upgrade(plan, draft)
            if isOpen {
                #expect(end.ending == .finished(.platformUpgraded))
            } else {
                guard case .held(let reasons) = end.ending, case .window(.outsideWindow) = reasons.first
                else {
                    Issue.record("\(end.ending)")
                    return
                }
                #expect(platform.acts.isEmpty)
                let override = GateOverride(gate: .window, reason: "the leak is worse")
                let last = try await useCases.resume(nil, ResumeWish(overrides: [override]))
                #expect(last.ending == .finished(.platformUpgraded))
            }
            #expect(platform.acts == plan.steps.steps.map(\.move.act))
        }
    }

    @Test func aWindowThatOpensSoonIsWaitedFor() async throws {
        let window = try #require(MaintenanceWindow("12:00-13:00"))
        try await withUseCases(window: window, minute: 11 * 60 + 59) { useCases, _ in
            let end = try await useCases.upgrade(try FakePlatform.plan(), draft)
            #expect(end.ending == .finished(.platformUpgraded))
        }
    }

    // MARK: The operator's gates, locksmith's semaphore and the lock

    private final class Calls: Sendable {
        let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
    }

    /// Hooks that note when they were asked: by how many acts there were before.
    private func hooks(
        page: String? = nil, _ answer: @escaping @Sendable (HookCall) -> HookAnswer
    ) -> (gates: OperatorGates, calls: Calls) {
        let calls = Calls()
        let places = Dictionary(uniqueKeysWithValues: Hook.allCases.map { ($0, HookPlace.hostConcerned) })
        let gates = OperatorGates(
            hooks: places,
            run: { [platform] call, on in
                let version = call.platform.map(String.init(describing:)) ?? "-"
                let host = (call.host ?? on)?.rawValue ?? "-"
                let line = "\(call.hook) \(host) \(version) after \(platform.acts.count)"
                calls.lines.withLock { $0.append(line) }
                return answer(call)
            },
            pages: [.init(name: "https://status.example", ask: { page })])
        return (gates, calls)
    }

    @Test func hooksThatConcernNoHostAreAsked() async throws {
        let plan = try FakePlatform.plan()
        let (gates, calls) = hooks { _ in .proceed(output: "") }
        try await withUseCases(operatorGates: gates) { useCases, _ in
            let end = try await useCases.upgrade(plan, draft)
            #expect(end.ending == .finished(.platformUpgraded) && end.hookFailure == nil)
            #expect(
                calls.all == [
                    "before-rollout - 1.13.4 after 0",
                    "after-rollout - 1.13.4 after \(plan.steps.steps.count)",
                ])
        }
    }

    static let shut: [(page: String?, hook: HookAnswer, gate: OverridableGate)] = [
        (nil, .hold(output: "backup runs"), .hooks),
        (nil, .failed(why: "it ended with 1", output: ""), .hooks),
        (nil, .unheard(why: "no route"), .hooks), ("it says no", .proceed(output: ""), .http),
    ]

    /// A hook or a page that does not let through keeps the platform as it is, until a person passes it over.
    @Test(arguments: shut) func aShutGateOfTheOperatorsHolds(
        page: String?, hook: HookAnswer, gate: OverridableGate
    ) async throws {
        let (gates, _) = hooks(page: page) { $0.hook == .beforeRollout ? hook : .proceed(output: "") }
        try await withUseCases(operatorGates: gates) { useCases, _ in
            let end = try await useCases.upgrade(try FakePlatform.plan(), draft)
            guard case .held(let reasons) = end.ending, case .operatorGate(let hold) = reasons.first else {
                Issue.record("\(end.ending)")
                return
            }
            #expect(hold.gate == gate.rawValue && platform.acts.isEmpty)
            let last = try await useCases.resume(
                nil, ResumeWish(overrides: [GateOverride(gate: gate, reason: "known")]))
            #expect(last.ending == .finished(.platformUpgraded))
        }
    }

    /// No host reboots itself meanwhile. The semaphore is free again at the end.
    @Test func locksmithsSemaphoreIsKeptToTheEnd() async throws {
        let semaphores = FakeSemaphoreStore()
        let (gates, _) = hooks { call in
            let holders = semaphores.state.withLock { $0.semaphores.flatMap(\.holders) }
            let isKept = holders == ["r-1"] || call.hook == .afterRollout
            return isKept ? .proceed(output: "") : .failed(why: "\(holders)", output: "")
        }
        try await withUseCases(operatorGates: gates, semaphores: semaphores.store) { useCases, journals in
            let end = try await useCases.upgrade(try FakePlatform.plan(), draft)
            #expect(end.ending == .finished(.platformUpgraded))
            let kept = try await journals.record(of: end.rollout)
            #expect(kept.machine.tenure.reserves)
        }
        #expect(semaphores.state.withLock { $0.semaphores } == [RebootSemaphore()])
    }

    @Test func aHostThatMayRebootItselfIsWaitedFor() async throws {
        let semaphores = FakeSemaphoreStore([RebootSemaphore(holders: ["9dfb60e0"])])
        try await withUseCases(semaphores: semaphores.store) { useCases, _ in
            let end = try await useCases.upgrade(try FakePlatform.plan(), draft)
            guard case .held(let reasons) = end.ending, case .semaphore(.semaphoreHeld) = reasons.first else {
                Issue.record("\(end.ending)")
                return
            }
            #expect(platform.acts.isEmpty)
        }
    }

    /// A rollout that lost the cluster asks for nothing more, however open its other gates are.
    @Test func withoutTheClusterNothingIsAskedFor() async throws {
        let (gates, _) = hooks { [store] _ in
            store.state.withLock { ($0.lock, $0.revision) = (ClusterLock(), $0.revision + 1) }
            return .proceed(output: "")
        }
        try await withUseCases(operatorGates: gates) { useCases, _ in
            let end = try await useCases.upgrade(try FakePlatform.plan(), draft)
            #expect(end.ending == .held([.lock(.lockLost)]))
            #expect(platform.acts.isEmpty)
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
            guard case .notGoneOn(_?, let reasons)? = refusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
            #expect(reasons == [.platform(FakePlatform.differs)])
            #expect(try await journals.record(of: RolloutID("r-1")).entryCount == before)
        }
    }
}
