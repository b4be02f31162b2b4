import HostAgent
import RolloutModel
import Testing

@testable import Simulation

@Suite(.serialized) struct SmallModelTests {
    /// Two hosts are few enough for every test run; `Scripts/simulate model` looks at three.
    @Test(arguments: [(0, 1, 0), (0, 0, 1), (1, 0, 0)], [false, true])
    func noInterleavingBreaksAnything(most: (unlocks: Int, losses: Int, crashes: Int), nodes: Bool) {
        var bounds = SmallModel.Bounds()
        (bounds.hosts, bounds.starts) = (2, 2)
        (bounds.unlocks, bounds.losses, bounds.crashes) = most
        bounds.nodes = nodes
        let findings = SmallModel(bounds).search()
        #expect(findings.violation == nil, "\(findings.trace.joined(separator: "\n"))")
        #expect(findings.states > 100)
        #expect(findings.ends > 10)
    }

    /// A host that reboots by itself while its update is downloaded ahead is not out, and breaks nothing.
    @Test(arguments: [0, 1]) func noPowerCutOfAPrefetchedHostBreaksAnything(crashes: Int) {
        var bounds = SmallModel.Bounds()
        (bounds.hosts, bounds.starts, bounds.prefetched) = (2, 2, true)
        (bounds.unlocks, bounds.losses, bounds.crashes) = (0, 0, crashes)
        let findings = SmallModel(bounds).search()
        #expect(findings.violation == nil, "\(findings.trace.joined(separator: "\n"))")
        bounds.prefetched = false
        #expect(findings.states > SmallModel(bounds).search().states)
    }

    /// The way to a state is told in the steps that lead there.
    @Test func oneCoordinatorAloneUpgradesBoth() {
        var bounds = SmallModel.Bounds()
        (bounds.hosts, bounds.coordinators, bounds.starts) = (2, 1, 1)
        (bounds.crashes, bounds.losses, bounds.unlocks) = (0, 0, 0)
        var state = ModelState(bounds)
        while let next = state.successors().first {
            #expect(next.violation == nil)
            state = next.state
        }
        #expect(state.hosts.allSatisfy { $0.runsNew && $0.isCommitted && $0.hold.claim == nil })
        #expect(state.lock.holder == nil)
    }
}
