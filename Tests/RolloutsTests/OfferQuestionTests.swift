import Foundation
import RolloutJournal
import RolloutModel
import Synchronization
import Testing

@testable import Rollouts

/// The version that the first host is offered is asked about once it is known, before any host boots it.
@Suite struct OfferQuestionTests {
    private let cluster = FakeCluster()

    private func withUseCases(
        allows: @escaping @Sendable (Question) -> Bool, _ body: (UseCases, JournalStore) async throws -> Void
    ) async throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("offer-\(UUID())")
        defer { try? FileManager.default.removeItem(at: place) }
        let journals = JournalDirectory(path: place.path).store
        let store = FakeLockStore()
        let ports = RolloutPorts(
            cluster: { [cluster] hosts in
                ClusterPorts(
                    hosts: hosts, access: cluster.access, store: store.store, semaphores: nil, nodes: nil,
                    operatorGates: .none, roll: { await .reports(of: hosts, access: cluster.access) },
                    arrange: { _, _ in .listed(hosts) }, neighbours: { _ in [] }, close: {})
            },
            journals: journals, clock: cluster.clock, timeOfDay: { "2026-11-24T07:12:05Z" },
            operatorName: "ann@desk")
        let settings = RolloutSettings(
            gates: RolloutDriverTests.settings, interval: .seconds(1), timeouts: RolloutDriverTests.timeouts,
            mark: ConfigurationMark(digest: ""))
        let decider = Decider(
            requirePresence: {}, allows: { allows($0) }, lossReason: { _, _ in nil })
        try await body(
            UseCases(ports: ports, settings: settings, decider: decider, tell: { _ in }), journals)
    }

    private func draft(asks: Bool?) -> PlanDraft {
        var draft = UseCaseTests.draft(of: cluster.ids)
        draft.asksAboutOffer = asks
        return draft
    }

    private static let held = HoldReason.offer(
        .offerUnconfirmed(host: HostID("a"), offered: Version("2.0.0")))

    @Test func theOfferIsAskedAboutOnceAndHeldMeanwhile() async throws {
        let asked = Mutex<[(HoldReason, acts: [String])]>([])
        try await withUseCases(allows: { [cluster] question in
            if case .acceptOffer(let reason) = question {
                asked.withLock { $0.append((reason, cluster.acts)) }
            }
            return true
        }) { useCases, journals in
            let end = try await useCases.upgrade(draft(asks: true))
            #expect(end.ending == .finished(.upgraded))
            #expect(asked.withLock { $0.map(\.0) } == [Self.held])
            #expect(asked.withLock { $0.first?.acts } == ["stage a"], "no host was rebooted before")
            var resumed = 0
            try await journals.read(end.rollout) { entry in
                if case .event(.resumed) = entry.what { resumed += 1 }
            }
            #expect(resumed == 1)
        }
    }

    @Test func aNoLeavesItHeldAndResumeIsAYes() async throws {
        try await withUseCases(allows: { question in
            if case .acceptOffer = question { false } else { true }
        }) { useCases, _ in
            let end = try await useCases.upgrade(draft(asks: true))
            #expect(end.ending == .held([Self.held]))
            #expect(cluster.acts == ["stage a"])
            let next = try await useCases.resume(nil, ResumeWish())
            #expect(next.ending == .finished(.upgraded))
            #expect(cluster.versions == ["2.0.0", "2.0.0", "2.0.0"])
        }
    }

    @Test func aNoCanBeAbandoned() async throws {
        try await withUseCases(allows: { question in
            if case .acceptOffer = question { false } else { true }
        }) { useCases, _ in
            _ = try await useCases.upgrade(draft(asks: true))
            let end = try await useCases.abandon(nil)
            #expect(end.ending == .finished(.abandoned))
            #expect(cluster.versions == ["1.0.0", "1.0.0", "1.0.0"])
        }
    }

    @Test(arguments: [nil, false]) func whoAcceptsItUnseenIsNotAsked(asks: Bool?) async throws {
        try await withUseCases(allows: { question in
            if case .acceptOffer = question { false } else { true }
        }) { useCases, _ in
            let end = try await useCases.upgrade(draft(asks: asks))
            #expect(end.ending == .finished(.upgraded))
        }
    }

    @Test func aPinnedTargetIsNoQuestion() async throws {
        try await withUseCases(allows: { question in
            if case .acceptOffer = question { false } else { true }
        }) { useCases, _ in
            var pinned = draft(asks: true)
            pinned.target = .pinned(version: Version("2.0.0"))
            let end = try await useCases.upgrade(pinned)
            #expect(end.ending == .finished(.upgraded))
        }
    }
}
