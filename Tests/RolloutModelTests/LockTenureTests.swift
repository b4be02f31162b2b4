import RolloutModel
import Testing

/// The life of the cluster's lock in a rollout.
@Suite struct LockTenureTests {
    private func ended() throws -> RolloutMachine {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle(lock: .acquired(3))
        try machine.handle([.began, .gatesOpened(running: Samples.old)] + Samples.unofferedRest)
        return machine
    }

    @Test func eachAcquisitionRaisesTheToken() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        for token: Token in [3, 4, 9] { try machine.handle(lock: .acquired(token)) }
        #expect(machine.tenure.token == 9)
        #expect(machine.tenure.firstToken == 3)
    }

    /// Tokens were set back after it.
    @Test func aTokenAtTheLimitIsNotCounted() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        for token: Token in [3, .ceiling, 4] { try machine.handle(lock: .acquired(token)) }
        #expect(machine.tenure.token == 4)
    }

    @Test func aRolloutThatHasEndedReleasesTheLock() throws {
        var machine = try ended()
        try machine.handle(lock: .reserving(holder: "r-1"))
        try machine.handle(lock: .released(3))
        #expect(machine.tenure.isReleased && machine.tenure.reserves)
        #expect(machine.outcome == .nothingOffered)
    }

    static let illegal: [(hasEnded: Bool, LockTenure.Event, IllegalLockEvent)] = [
        (false, .released(3), .notEnded), (true, .released(2), .below(2)),
        (false, .acquired(3), .notAbove(3, held: 3)), (true, .acquired(1), .notAbove(1, held: 3)),
        (false, .reserving(holder: "r-2"), .foreign(holder: "r-2")),
    ]

    @Test(arguments: illegal)
    func whatCannotFollowChangesNothing(hasEnded: Bool, event: LockTenure.Event, why: IllegalLockEvent) throws
    {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle(lock: .acquired(3))
        if hasEnded { machine = try ended() }
        let before = machine
        #expect(throws: why) { try machine.handle(lock: event) }
        #expect(machine == before)
    }
}
