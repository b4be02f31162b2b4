import RolloutModel
import Rollouts
import Synchronization
import Testing

/// The holder of a cluster, whatever of etcd and agents can be asked.
@Suite struct ClusterSightTests {
    static let (one, other) = (holder("r-1"), holder("r-2"))

    static func holder(_ rollout: String) -> LockHolder {
        LockHolder(
            rollout: RolloutID(rollout), token: 3, operatorName: "core@bastion",
            since: "2026-11-25T08:00:00Z")
    }

    enum Told { case one, other, nobody, silence }

    struct Row: Sendable, CustomTestStringConvertible {
        /// nil where the agents alone keep the lock.
        var store: Told?
        var agents: [Told]
        /// `silence` where it cannot be told.
        var holder: Told
        var heldStill = 0

        var testDescription: String { "\(store.map { "\($0)" } ?? "no store"), \(agents)" }
    }

    @Test(arguments: [
        Row(store: .one, agents: [.one, .one, .one], holder: .one),
        Row(store: .one, agents: [.silence, .silence, .silence], holder: .one),
        Row(store: .one, agents: [.one, .other, .nobody], holder: .one, heldStill: 1),
        Row(store: .nobody, agents: [.nobody, .nobody, .nobody], holder: .nobody),
        Row(store: .nobody, agents: [.nobody, .silence, .silence], holder: .nobody),
        Row(store: .nobody, agents: [.one, .nobody, .nobody], holder: .nobody, heldStill: 1),
        // A majority of agents keeps every other rollout out, whatever etcd has forgotten.
        Row(store: .nobody, agents: [.one, .one, .silence], holder: .one),
        Row(store: .silence, agents: [.one, .one, .silence], holder: .one),
        Row(store: .silence, agents: [.one, .silence, .silence], holder: .silence),
        Row(store: .silence, agents: [.nobody, .nobody, .nobody], holder: .silence),
        Row(store: nil, agents: [.one, .one, .silence], holder: .one),
        Row(store: nil, agents: [.nobody, .nobody, .silence], holder: .nobody),
        Row(store: nil, agents: [.one, .nobody, .nobody], holder: .nobody, heldStill: 1),
        Row(store: nil, agents: [.nobody, .silence, .silence], holder: .silence),
    ]) func itIsKnownFromWhatWasTold(row: Row) {
        let sight = ClusterSight(
            store: row.store.map(told),
            hosts: zip(["a", "b", "c"], row.agents).map { .init(HostID($0), told($1)) })
        switch row.holder {
        case .silence: #expect(sight.holder.value == nil)
        case .one, .other, .nobody: #expect(sight.holder == told(row.holder))
        }
        #expect(sight.heldStill.count == row.heldStill)
    }

    private func told(_ told: Told) -> Observation<LockHolder?> {
        switch told {
        case .one: .seen(Self.one)
        case .other: .seen(Self.other)
        case .nobody: .seen(nil)
        case .silence: .unknown("no answer")
        }
    }

    @Test func everybodyIsAskedAndNothingChanged() async {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        let lock = RolloutLock(hosts: cluster.ids, access: cluster.access, store: store.store)
        #expect(await lock.sight().holder == .seen(nil))
        _ = await lock.take(for: Self.one, above: 0)
        let (kept, acts) = (store.lock, cluster.acts)
        cluster.change("c") { $0.isUnreachable = true }
        let sight = await lock.sight()
        #expect(sight.store == .seen(kept.holder))
        #expect(sight.hosts.map { $0.holder.value??.rollout.rawValue } == ["r-1", "r-1", nil])
        #expect(sight.hosts.last?.holder.value == nil)
        #expect(store.lock == kept && cluster.acts == acts)
        store.state.withLock { $0.isAway = true }
        #expect(await lock.sight().holder == .seen(kept.holder))
    }
}
