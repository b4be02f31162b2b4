import RolloutModel
import Rollouts
import Testing

@Suite struct WindowWatchTests {
    /// Asks the gates of the first host before the rollout begins, at a time on a Monday, with a window from 12:00 to
    /// 13:00.
    ///
    /// - Returns: the answer, and the time that was waited.
    private func ask(at minute: Int) async throws -> (GateWatch.Answer, Duration) {
        let cluster = FakeCluster()
        let window = try #require(MaintenanceWindow("12:00-13:00"))
        var settings = RolloutDriverTests.settings
        settings.windows = .init(open: [window], minutesPerHost: 30)
        var clock = cluster.clock
        let began = clock.now()
        let now = clock.now
        clock.localTime = {
            LocalTime(weekday: .monday, minute: minute + Int((now() - began) / .seconds(60)))
        }
        let watch = GateWatch(plan: cluster.plan, settings: settings, access: cluster.access, clock: clock)
        let host = try #require(cluster.plan.hosts.first?.id)
        let answer = try await watch.ask(.beforeStage, of: host, within: .seconds(300), waiting: { _ in })
        return (answer, now() - began)
    }

    /// The watch does not wait for a window that cannot open in time.
    @Test func aWindowThatIsFarAwayHoldsAtOnce() async throws {
        let (answer, waited) = try await ask(at: 9 * 60)
        guard case .shut(let reasons) = answer else { throw Unexpected(answer: answer) }
        // The reasons do not include that fleet and etcd were observed only once.
        #expect(reasons.map(\.patience) == [.later(.seconds(179 * 60))])
        #expect(waited < .seconds(60))
    }

    @Test func aWindowThatOpensSoonIsWaitedFor() async throws {
        let (answer, waited) = try await ask(at: 11 * 60 + 57)
        guard case .open = answer else { throw Unexpected(answer: answer) }
        #expect(waited >= .seconds(180) && waited < .seconds(240))
    }

    private struct Unexpected: Error { let answer: GateWatch.Answer }
}
