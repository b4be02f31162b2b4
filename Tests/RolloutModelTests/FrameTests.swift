import RolloutModel
import SampleValues
import Testing

/// The stack of a rollout's work: the work at its top, and the work that goes on after it.
@Suite struct FrameTests {
    private let a = Samples.a
    private let b = Samples.b

    private func machine(_ events: [RolloutMachine.Event]) throws -> RolloutMachine {
        var machine = RolloutMachine(plan: NodesMachineTests.plan)
        try machine.handle([.began] + events)
        return machine
    }

    /// The node of the host that waits serves, then the other host goes back, then the first one goes on.
    @Test func whatIsInterruptedWaitsBeneath() throws {
        let drained = Array(NodesMachineTests.hostEvents.prefix(4))
        var machine = try machine(drained + [Samples.rollbackRequested(b)])
        #expect(machine.state.top.host == a)
        #expect(machine.state.beneath.map(\.host) == [a, b])
        try machine.handle([NodesMachineTests.readmitted])
        #expect(machine.retreating == b)
        try machine.handle([.gatesHeld(reasons: [.window(.windowUnknown)])])
        #expect(machine.state.unheld.upgrade?.host == a)
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeReboot, a)])
        #expect(machine.state.beneath.isEmpty)
    }

    /// A hold of the work above another hold: each needs a word of its own.
    @Test func aHoldBeneathAnotherIsNotForgotten() throws {
        let away = RolloutMachine.Event.returned(
            boot: BootID("boot-2"), version: Samples.old, partition: "USR-A")
        let reverted = HoldReason.step(.reverted(host: a, running: Samples.old, target: Samples.new))
        var machine = try machine(Array(NodesMachineTests.hostEvents.prefix(5)) + [away])
        #expect(machine.state.held == nil)
        let failed = HoldReason.step(.stepFailed(host: a, step: .readmit, why: "503"))
        #expect(try machine.handle(.stepFailed(why: "503")) == [.hold([failed])])
        try machine.handle([.resumed(retryReverted: false), NodesMachineTests.readmitted])
        #expect(machine.state.held == [reverted])
        #expect(machine.state.work == .upgrade(HostUpgrade(host: a)))
    }

    /// The wish to stop is met between hosts, and while nothing was done to one that cannot be done again.
    @Test(arguments: [
        (0, true), (1, true), (2, false), (3, false), (4, false), (5, false), (6, false), (7, false),
        (8, false), (9, false), (10, true),
    ])
    func stopsWhereNothingIsBegun(events: Int, stops: Bool) throws {
        var machine = try machine(Array(NodesMachineTests.hostEvents.prefix(events)))
        let before = machine
        guard stops else {
            #expect(throws: RolloutMachine.IllegalEvent.self) { try machine.handle(.holdRequested()) }
            #expect(machine == before)
            return
        }
        #expect(try machine.handle(.holdRequested()) == [.hold([.person(.operatorHold())])])
        #expect(machine.state.unheld == .gating(events < 10 ? a : b))
    }
}
