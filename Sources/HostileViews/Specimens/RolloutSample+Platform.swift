import RolloutModel

extension RolloutSample {
    /// A rollout that upgrades a small platform.
    static func platform() throws -> Plan {
        let machine = MachineID("machine of \(a)")
        let baseline = PlatformBaseline(
            version: PlatformVersion(1, 13, 3), domain: "example.org", api: "1.7",
            placements: [.init(unit: PlatformUnit(.controller), machines: [machine])], applications: [],
            machines: [PlatformMachine(id: machine, address: "10.0.0.11")])
        let deisctl = PlatformMeans.Deisctl(program: "/opt/bin/deisctl", templates: "/units", digest: "d1")
        var plan = plan
        plan.nodes = nil
        plan.platform = try PlatformPlan(
            PlatformWish(way: .documented, version: PlatformVersion(1, 13, 4)), baseline, isBackedUp: true,
            means: PlatformMeans(
                old: deisctl, new: deisctl, controller: "https://deis.example.org", backup: "/safe"))
        return plan
    }

    static let platformEvents: [RolloutMachine.Event] =
        [.began]
        + [
            .gatesOpened, .unheard(why: "the connection was lost"), .absent(why: "it runs"), .gatesOpened,
            .refused(reasons: [.platform(.deisctlRefused(said: "it said no"))]),
        ].map { .step(id: "upgrade-prep", way: .forward, found: $0) }
}
