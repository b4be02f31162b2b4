import RolloutModel
import SampleValues
import Testing

@Suite struct HookTests {
    static let due: [(Checkpoint, String, [Hook])] = [
        (.beforeStage, "a", [.beforeRollout, .beforeHost, .gate]), (.beforeStage, "b", [.beforeHost, .gate]),
        (.beforeReboot, "a", [.gate]), (.beforeCommit, "a", [.gate]),
        (.afterCommit, "a", [.afterHost, .gate]),
        (.beforeRollback, "a", []), (.afterRollback, "a", []),
    ]

    @Test(arguments: due)
    func whoIsAskedWhere(checkpoint: Checkpoint, host: String, hooks: [Hook]) {
        let plan = Plan.sample(
            rollout: RolloutID("r-1"),
            hosts: ["a", "b"].map {
                PlannedHost(id: HostID($0), machine: MachineID("m-\($0)"), version: Version("1.0.0"))
            },
            target: .firstOffer)
        #expect(Hook.due(at: checkpoint, of: HostID(host), in: plan) == hooks)
    }
}
