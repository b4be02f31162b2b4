import RolloutModel
import Rollouts
import Testing

/// The reasons of gates for a host that cannot be read, or for a member that is not healthy.
@Suite struct TroubleTests {
    @Test func anUnreachableHostIsOneCauseByItsName() async throws {
        let cluster = FakeCluster()
        cluster.change("c") { $0.isUnreachable = true }
        var told: [[HoldReason]] = []
        let watch = GateWatch(
            plan: cluster.plan,
            settings: GateSettings(fleet: .init(ttl: .seconds(5)), etcd: .init(samples: 2)),
            access: cluster.access, clock: cluster.clock)
        let answer = try await watch.ask(
            .beforeStage, of: HostID("a"), within: .seconds(10), waiting: { told.append($0.reasons) })
        guard case .shut(let reasons) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(reasons.causes.pressing.map(\.reason.subject) == [HostID("c")])
        guard case .host(.hostUnreadable(_, _, .unreachable?, _))? = reasons.causes.first?.reason else {
            Issue.record("\(reasons)")
            return
        }
        // All observations have the same cause, whichever witness was asked.
        #expect(told.count > 4)
        #expect(Set(told.map { $0.causes.pressing.map(\.reason.kind) }).count == 1, "\(told)")
    }
}
