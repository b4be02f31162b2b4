import RolloutModel
import SampleValues
import Testing

@testable import Reports

@Suite struct LocksmithTextTests {
    static let plans: [(semaphores: [RebootSemaphore], line: String?)] = [
        ([], nil),
        ([RebootSemaphore()], "locksmith: no other host reboots itself meanwhile; 1 slot taken as r-1"),
        (
            [
                RebootSemaphore(max: 2), RebootSemaphore(group: "db", max: 1),
                RebootSemaphore(group: "web+x%2F", max: 3),
            ],
            "locksmith: no other host reboots itself meanwhile; 6 slots taken as r-1, also of groups db, web x/"
        ),
    ]

    @Test(arguments: plans.indices) func thePlanSaysWhatIsTaken(index: Int) {
        let (semaphores, line) = Self.plans[index]
        let plan = Plan.sample(
            rollout: RolloutID("r-1"),
            hosts: [PlannedHost(id: HostID("a"), machine: MachineID("m"), version: Version("1.0.0"))],
            target: .firstOffer)
        let lines = PlanText.lines(plan, semaphores: semaphores, on: PresentationTests.plain)
        #expect(lines.filter { $0.hasPrefix("locksmith") } == [line].compactMap(\.self))
    }
}
