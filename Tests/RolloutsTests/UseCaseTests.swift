import RolloutJournal
import RolloutModel
import Synchronization
import Testing

@testable import Rollouts

/// The use cases without a terminal: their questions, their work before an answer, and their endings.
@Suite struct UseCaseTests {
    private let bench = UseCaseBench()
    private var cluster: FakeCluster { bench.cluster }
    private var store: FakeLockStore { bench.store }

    private func withUseCases(
        allows: @escaping @Sendable (Question) -> Bool = { _ in true },
        _ body: (UseCases, JournalStore) async throws -> Void
    ) async throws {
        try await bench.withUseCases(allows: allows, body)
    }

    private var draft: PlanDraft { Self.draft(of: cluster.ids) }

    static func draft(of hosts: [HostID]) -> PlanDraft {
        PlanDraft(
            rollout: RolloutID("r-1"), hosts: hosts, bystanders: [], order: .given, target: .firstOffer,
            found: nil,
            group: nil, server: nil, engineRest: .masked, commit: .engine, deadManMinutes: nil,
            onFailure: .hold, retryReverted: false, acceptsNoReturn: true, movesLeader: false, etcdAfter: nil,
            overrides: [], purpose: .upgrade, stopAfter: nil, operatorName: "ann@desk",
            createdAt: "2026-11-24T07:12:05Z")
    }

    @Test func anUpgradeGoesToItsEndAndLetsTheClusterGo() async throws {
        try await withUseCases { useCases, journals in
            let end = try await useCases.upgrade(draft)
            #expect(end.ending == .finished(.upgraded))
            #expect(end.record.machine.tenure.isReleased)
            #expect(store.lock.holder == nil)
            let kept = try await journals.record(of: end.rollout)
            #expect(kept.machine.tenure.isReleased)
            #expect(cluster.versions == ["2.0.0", "2.0.0", "2.0.0"])
        }
    }

    /// The others are asked as always, and nothing is done to them.
    @Test func aChosenHostIsUpgradedInTheSightOfAll() async throws {
        try await withUseCases { useCases, _ in
            var draft = draft
            draft.bystanders = [HostID("a"), HostID("c")]
            let end = try await useCases.upgrade(draft)
            #expect(end.ending == .finished(.upgraded))
            #expect(end.record.machine.tenure.isReleased)
            #expect(cluster.versions == ["1.0.0", "2.0.0", "1.0.0"])
            #expect(Set(cluster.acts) == ["stage b", "reboot b", "commit b"])
        }
    }

    /// The state of a host that was not chosen, while another one is to be upgraded.
    static let troubles: [@Sendable (inout FakeCluster.Host) -> Void] = [
        { $0.isUnreachable = true }, { $0.isMissingFromFleet = true }, { $0.memberIsUnhealthy = true },
        { $0.committed = false },
    ]

    @Test(arguments: troubles.indices) func aHostThatWasNotChosenHoldsAllTheSame(index: Int) async throws {
        cluster.change("c", Self.troubles[index])
        try await withUseCases { useCases, _ in
            var draft = draft
            draft.bystanders = [HostID("a"), HostID("c")]
            await #expect(throws: CommandRefusal.self) { try await useCases.upgrade(draft) }
            #expect(cluster.acts.isEmpty && store.lock.holder == nil)
        }
    }

    /// A use case takes, writes and touches nothing before a person says yes.
    @Test func aNoLeavesEverythingAsItWas() async throws {
        try await withUseCases(allows: { _ in false }) { useCases, journals in
            let refusal = await #expect(throws: CommandRefusal.self) { try await useCases.upgrade(draft) }
            guard case .declined(.begin)? = refusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
            #expect(store.lock == ClusterLock())
            let kept = try await journals.list()
            #expect(kept.isEmpty)
            #expect(cluster.acts.isEmpty)
        }
    }

    @Test func whatHasEndedIsNotAskedToHold() async throws {
        try await withUseCases { useCases, _ in
            _ = try await useCases.upgrade(draft)
            let refusal = await #expect(throws: CommandRefusal.self) { try await useCases.hold("r-1") }
            guard case .nothingToHold? = refusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
        }
    }

    /// Shut gates refuse the rollback, with nothing taken.
    @Test func aRollbackAsksTheGatesBeforeItAsksAPerson() async throws {
        let questions = Mutex<[String]>([])
        try await withUseCases(allows: { question in
            if case .rollBack = question { questions.withLock { $0.append("roll back") } }
            return true
        }) { useCases, _ in
            _ = try await useCases.upgrade(draft)
            cluster.change("b") { $0.memberIsUnhealthy = true }
            var other = draft
            other.rollout = RolloutID("r-2")
            await #expect(throws: CommandRefusal.self) { try await useCases.rollBack(HostID("a"), other) }
            #expect(questions.withLock { $0 }.isEmpty)
            #expect(store.lock.holder == nil)
        }
    }
}
