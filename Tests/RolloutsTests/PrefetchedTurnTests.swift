import AgentProtocol
import Foundation
import RolloutModel
import Rollouts
import Testing

/// The turn of a host whose update was downloaded ahead.
@Suite struct PrefetchedTurnTests {
    private let tests = RolloutDriverTests()
    private let a = HostID("a")

    private static func cluster(_ doubt: PrefetchDoubt? = nil, version: String = "2.0.0") -> FakeCluster {
        let cluster = FakeCluster()
        for host in ["a", "b", "c"] {
            cluster.change(host) {
                $0.prefetched = version
                $0.phase = .prefetched
            }
        }
        cluster.change("a") { $0.doubt = doubt }
        return cluster
    }

    @Test func isArmedAndNotDownloaded() async throws {
        try await tests.withJournalPath { path async throws in
            let cluster = Self.cluster()
            #expect(try await tests.run(cluster, path) == .finished(.upgraded))
            #expect(
                cluster.acts
                    == RolloutDriverTests.inOrder.map { $0.replacingOccurrences(of: "stage", with: "arm") })
            #expect(cluster.versions == ["2.0.0", "2.0.0", "2.0.0"])
        }
    }

    /// The first host's version is the target, and what was downloaded ahead on the others is of another one.
    @Test func anotherVersionIsDownloadedInTheTurn() async throws {
        try await tests.withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.change("b") {
                $0.prefetched = "1.9.0"
                $0.phase = .prefetched
            }
            #expect(try await tests.run(cluster, path) == .finished(.upgraded))
            #expect(cluster.acts == RolloutDriverTests.inOrder)
        }
    }

    @Test(arguments: PrefetchDoubt.allCases) func aDoubtHoldsWithNothingArmed(doubt: PrefetchDoubt)
        async throws
    {
        try await tests.withJournalPath { path async throws in
            let cluster = Self.cluster(doubt)
            let held = HoldReason.step(.prefetchDoubted(host: a, doubt: doubt, why: "it is doubted"))
            #expect(try await tests.run(cluster, path) == .held([held]))
            #expect(cluster.acts == [])
            if doubt == .engineAtWork {
                #expect(try await tests.run(cluster, path) == .held([held]))
                cluster.change("a") { $0.doubt = nil }
            }
            #expect(try await tests.run(cluster, path) == .finished(.upgraded))
            #expect(cluster.acts.first == (doubt == .engineAtWork ? "arm a" : "stage a"))
        }
    }

    @Test(arguments: [
        (nil, nil, StagingWay.download), (nil, "2.0.0", .download), ("2.0.0", nil, .arm(Version("2.0.0"))),
        ("2.0.0", "2.0.0", .arm(Version("2.0.0"))), ("1.9.0", "2.0.0", .download),
    ])
    func way(prefetched: String?, target: String?, way: StagingWay) {
        #expect(
            StagingWay(prefetched: prefetched.map { Version($0) }, target: target.map { Version($0) }) == way)
    }
}
