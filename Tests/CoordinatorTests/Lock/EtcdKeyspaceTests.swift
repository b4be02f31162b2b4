import ClusterAnswers
import Testing

@testable import Coordinator

@Suite struct EtcdKeyspaceTests {
    static let versions: [(cluster: EtcdMinor, keyspaces: [EtcdKeyspace])] = [
        (.init(2, 0), [.v2]), (.init(2, 3), [.v2]), (.init(3, 0), [.v2]), (.init(3, 1), [.v2, .v3]),
        (.init(3, 2), [.v2, .v3]), (.init(3, 3), [.v2, .v3]), (.init(3, 4), [.v3]), (.init(3, 5), [.v3]),
        (.init(3, 6), [.v3]), (.init(4, 0), [.v3]),
    ]

    @Test(arguments: versions.indices) func theClusterVersionDecides(index: Int) {
        let (cluster, keyspaces) = Self.versions[index]
        #expect(EtcdKeyspace.inUse(at: cluster) == keyspaces)
    }

    /// A cluster rises by one minor version at a time: who looks before meets who looks after.
    @Test func neighboursHaveAStoreInCommon() {
        for (lower, higher) in zip(Self.versions, Self.versions.dropFirst()) {
            #expect(!Set(lower.keyspaces).isDisjoint(with: higher.keyspaces), "\(lower.cluster)")
        }
    }

    static let answers: [(server: EtcdVersion, cluster: EtcdVersion?, keyspaces: [EtcdKeyspace]?)] = [
        (EtcdVersion(3, 5, 1), EtcdVersion(3, 4, 0), [.v3]),
        (EtcdVersion(3, 4, 23), EtcdVersion(3, 3, 0), [.v2, .v3]),
        (EtcdVersion(3, 1, 0), EtcdVersion(3, 0, 0), [.v2]),
        (EtcdVersion(3, 0, 0), EtcdVersion(2, 3, 0), [.v2]),
        (EtcdVersion(0, 4, 9), nil, [.v2]), (EtcdVersion(2, 0, 13), nil, [.v2]),
        (EtcdVersion(2, 1, 0), nil, nil), (EtcdVersion(3, 4, 23), nil, nil),
    ]

    /// A new member in an old cluster goes by the cluster; where that has not decided nothing can be said.
    @Test(arguments: answers.indices) func itIsTheClustersVersionAndNotTheMembers(index: Int) {
        let (server, cluster, keyspaces) = Self.answers[index]
        #expect(EtcdKeyspace.inUse(by: EtcdVersionAnswer(server: server, cluster: cluster)) == keyspaces)
    }
}
