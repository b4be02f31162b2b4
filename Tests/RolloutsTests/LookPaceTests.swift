import RolloutModel
import SampleValues
import Testing

@testable import Rollouts

@Suite struct LookPaceTests {
    struct Pace: Sendable {
        var hosts: Int
        var interval: Duration = .seconds(1)
        var apart: Duration
    }

    static let paces = [
        Pace(hosts: 3, apart: .seconds(1)), Pace(hosts: 19, apart: .seconds(1)),
        Pace(hosts: 20, apart: .seconds(2)), Pace(hosts: 300, apart: .seconds(30)),
        Pace(hosts: 5_000, apart: .seconds(60)),
        // As the settings say, where that is longer.
        Pace(hosts: 300, interval: .seconds(90), apart: .seconds(90)),
    ]

    @Test("a cluster is looked at less often beside a download the larger it is", arguments: paces)
    func besideADownload(pace: Pace) {
        let cluster = FakeCluster((1...pace.hosts).map { "core-\($0)" })
        let watch = GateWatch(
            plan: cluster.plan, settings: RolloutDriverTests.settings, access: cluster.access,
            clock: cluster.clock, interval: pace.interval)
        #expect(watch.intervalBesideWork == pace.apart)
    }
}
