import RolloutModel
import Rollouts
import Synchronization
import Testing

/// The hosts that are asked for etcd's members.
@Suite struct EtcdWitnessTests {
    /// The hosts of `FakeCluster` without a member; the hosts asked for etcd's members when `a` is concerned; whether
    /// the gates open.
    static let layouts: [(workers: Set<String>, asked: Set<String>, opens: Bool)] = [
        ([], ["b", "c"], true), (["b"], ["c"], true), (["b", "c"], ["a"], true), (["a"], ["b", "c"], true),
        (["a", "b"], ["c"], true), (["a", "b", "c"], [], false),
    ]

    @Test(arguments: layouts) func workersAreNoWitnesses(
        workers: Set<String>, asked: Set<String>, opens: Bool
    ) async throws {
        let cluster = FakeCluster()
        var access = cluster.access
        let witnesses = Mutex<Set<String>>([])
        let (etcd, seat) = (access.etcd, access.seat)
        access.etcd = { id throws(HostFault) in
            witnesses.withLock { _ = $0.insert(id.rawValue) }
            guard !workers.contains(id.rawValue) else {
                throw HostFault(host: id, kind: .commandFailed, why: "no etcd here")
            }
            // Three voters, whoever of them is a host of this plan.
            return try await etcd(id)
        }
        access.seat = { id throws(HostFault) in
            workers.contains(id.rawValue) ? EtcdSeat.none : try await seat(id)
        }
        let watch = GateWatch(
            plan: cluster.plan, settings: GateSettings(fleet: nil, etcd: .init(samples: 3)), access: access,
            clock: cluster.clock)
        let answer = try await watch.ask(.beforeStage, of: HostID("a"), within: .seconds(60)) { _ in }
        guard opens else {
            #expect(answer == .shut([.etcd(.etcdNowhere(hosts: ["a", "b", "c"].map { HostID($0) }))]))
            return
        }
        guard case .open = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(witnesses.withLock { $0 } == asked)
    }
}
