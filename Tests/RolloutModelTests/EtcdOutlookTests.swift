import SampleValues
import Testing

@testable import RolloutModel

/// Tests the effect of a plan on etcd.
@Suite struct EtcdOutlookTests {
    typealias Cluster = ReleaseGatesTests.Cluster
    static let a = Samples.a
    static let b = Samples.b
    static let c = Samples.c

    func seen(_ cluster: Cluster) -> EtcdOutlook? {
        var cluster = cluster
        cluster.asked = [Self.a, Self.b, Self.c]
        return cluster.gates.etcdOutlook(in: cluster.inventory)
    }

    @Test func theTableTellsWhatComesAndWhoIsLast() throws {
        let outlook = try #require(seen(Cluster(release: "899.17.0", etcd: "2.2.3", target: "1010.5.0")))
        #expect(outlook.members.map(\.host) == [Self.a, Self.b, Self.c])
        #expect(outlook.members.allSatisfy { $0.runs == "2.2.3" && $0.brings == "2.3" && $0.by == .table })
        #expect(outlook.pointOfNoReturn == .init(host: Self.c, from: "2.2", to: "2.3"))
    }

    @Test func withTheSameMinorThereIsNoPoint() throws {
        let outlook = try #require(seen(Cluster(release: "1353.8.0", etcd: "2.3.7", target: "1409.7.0")))
        #expect(outlook.members[0].brings == "2.3" && outlook.pointOfNoReturn == nil)
    }

    @Test func hostsThatAreThereAlreadyAreNotTheLast() throws {
        var cluster = Cluster(release: "899.17.0", etcd: "2.2.3", target: "1010.5.0")
        cluster.releases = [Self.c: "1010.5.0"]
        cluster.etcds = [Self.c: "2.3.1"]
        let outlook = try #require(seen(cluster))
        #expect(outlook.members.map(\.by) == [.learned, .learned, .learned])
        #expect(outlook.pointOfNoReturn == .init(host: Self.b, from: "2.2", to: "2.3"))
    }

    @Test func whatIsNotKnownSaysWhy() throws {
        let own = try #require(seen(Cluster(release: "1353.8.0", etcd: "3.4.23", target: "1409.7.0")))
        #expect(own.members[0].brings == nil && own.pointOfNoReturn == nil)
        #expect(
            own.members[0].why == "it is not the one that 1353.8.0 brings; say what comes with --etcd-after")
        let gone = try #require(seen(Cluster(release: "1632.3.0", etcd: "2.3.8", target: "1688.5.3")))
        #expect(gone.members[0].why == "1688.5.3 has no etcd2")
        var told = Cluster(release: "1353.8.0", etcd: "3.4.23", target: "1409.7.0")
        told.told = "3.5"
        #expect(seen(told)?.members[0].by == .told)
        #expect(seen(told)?.pointOfNoReturn == .init(host: Self.c, from: "3.4", to: "3.5"))
    }

    @Test func aMemberElsewhereThatStaysKeepsTheWayBackOpen() {
        var cluster = Cluster(release: "899.17.0", etcd: "2.2.3", target: "1010.5.0")
        cluster.asked = [Self.a, Self.b, Self.c]
        var inventory = cluster.inventory
        inventory.seats[Self.c] = .seen(.none)
        let outlook = cluster.gates.etcdOutlook(in: inventory)
        #expect(outlook?.members.count == 2 && outlook?.pointOfNoReturn == nil)
    }

    @Test func withoutMembersThereIsNothingToTell() {
        let cluster = Cluster(release: "899.17.0", etcd: "2.2.3", target: "1010.5.0")
        #expect(cluster.gates.etcdOutlook(in: Inventory(takenAt: 0)) == nil)
    }
}
