import Foundation
import RolloutJournal
import RolloutModel

@testable import Rollouts

/// Use cases on a fake cluster, with journals in a directory that is removed afterwards.
struct UseCaseBench {
    let cluster = FakeCluster()
    let store = FakeLockStore()
    /// Runs before the hosts are asked for their reports, with use cases of another process.
    var beforeReports: @Sendable (UseCases) async -> Void = { _ in }

    func withUseCases(
        allows: @escaping @Sendable (Question) -> Bool = { _ in true },
        tell: @escaping @Sendable (Notice) -> Void = { _ in },
        _ body: (UseCases, JournalStore) async throws -> Void
    ) async throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("usecases-\(UUID())")
        defer { try? FileManager.default.removeItem(at: place) }
        let journals = JournalDirectory(path: place.path).store
        let decider = Decider(requirePresence: {}, allows: { allows($0) }, lossReason: { _, _ in "it burnt" })
        let other = useCases(journals, decider, tell: tell) {}
        let useCases = useCases(journals, decider, tell: tell) { [beforeReports] in await beforeReports(other)
        }
        try await body(useCases, journals)
    }

    private func useCases(
        _ journals: JournalStore, _ decider: Decider, tell: @escaping @Sendable (Notice) -> Void,
        _ beforeReports: @escaping @Sendable () async -> Void
    ) -> UseCases {
        let ports = RolloutPorts(
            cluster: { [cluster, store] hosts in
                ClusterPorts(
                    hosts: hosts, access: cluster.access, store: store.store, semaphores: nil, nodes: nil,
                    operatorGates: .none,
                    roll: {
                        await beforeReports()
                        return await .reports(of: hosts, access: cluster.access)
                    },
                    arrange: { _, _ in .listed(hosts) }, neighbours: { _ in [] }, close: {})
            },
            journals: journals, clock: cluster.clock, timeOfDay: { "2026-11-24T07:12:05Z" },
            operatorName: "ann@desk")
        let settings = RolloutSettings(
            gates: RolloutDriverTests.settings, interval: .seconds(1), timeouts: RolloutDriverTests.timeouts,
            mark: ConfigurationMark(digest: ""))
        return UseCases(ports: ports, settings: settings, decider: decider, tell: tell)
    }
}
