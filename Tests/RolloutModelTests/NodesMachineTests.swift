import RolloutModel
import SampleValues
import Testing

/// The path of a host whose node is cordoned and drained before it goes.
@Suite struct NodesMachineTests {
    typealias Machine = RolloutMachine
    let a = Samples.a
    let b = Samples.b
    let old = Samples.old
    let new = Samples.new

    static var plan: Plan {
        var plan = Samples.plan()
        plan.nodes = plan.hosts.map { .init(host: $0.id, name: "node-\($0.id)", isCordoned: false) }
        return plan
    }

    static let evacuated = Machine.Event.evacuated(node: "node-a", isOurs: true)
    static let readmitted = Machine.Event.readmitted(node: "node-a")
    static var drained: Machine.Staged {
        var staged = Samples.staged()
        staged.isEvacuated = true
        return staged
    }

    /// The whole path of one host, as in `Samples.hostEvents`.
    static let hostEvents: [Machine.Event] = [
        .gatesOpened(running: Samples.old), Samples.stagedEvent, .gatesOpened(running: Samples.old),
        evacuated,
        .gatesOpened(running: Samples.old), Samples.returnedEvent, .gatesOpened(running: Samples.new),
        .committed(version: Samples.new), readmitted, .gatesOpened(running: Samples.new),
    ]

    static func machine(_ events: some Sequence<Machine.Event>) throws -> Machine {
        var machine = Machine(plan: plan)
        try machine.handle([.began] + Array(events))
        return machine
    }

    static let evacuates: [Machine.Directive] = [.record(.evacuate(host: Samples.a)), .evacuate(Samples.a)]
    static let readmits: [Machine.Directive] = [.record(.readmit(host: Samples.a)), .readmit(Samples.a)]

    @Test func gatesThenDrainThenGatesThenReboot() throws {
        var machine = try Self.machine(Self.hostEvents.prefix(2))
        #expect(try machine.handle(.gatesOpened(running: old)) == Self.evacuates)
        #expect(try machine.handle(Self.evacuated) == [.askGates(.beforeReboot, a)])
        #expect(machine.state.drained == a)
        let directives = try machine.handle(.gatesOpened(running: old))
        #expect(directives.first == .record(.reboot(host: a, boot: BootID("boot-1"), version: new)))
        try machine.handle([Samples.returnedEvent, .gatesOpened(running: new)])
        #expect(try machine.handle(.committed(version: new)) == Self.readmits)
        #expect(try machine.handle(Self.readmitted) == [.askGates(.afterCommit, a)])
        #expect(try machine.handle(.gatesOpened(running: new)) == [.askGates(.beforeStage, b)])
    }

    @Test func allHostsInTurn() throws {
        let machine = try Self.machine(Self.hostEvents + Self.hostEvents + Self.hostEvents)
        #expect(machine.state == .finished(.upgraded))
    }

    /// The ways in which a host on its old boot is held after its node was cordoned. The node serves again first each
    /// time, and is drained anew before the host goes.
    static let holds: [(Int, Machine.Event, HoldReason)] = [
        (
            3, .stepFailed(why: "401"),
            .step(.stepFailed(host: Samples.a, step: .evacuate, why: "401"))
        ),
        (3, .gatesHeld(reasons: [blocked]), blocked),
        (4, .gatesHeld(reasons: [.window(.windowUnknown)]), .window(.windowUnknown)),
        (5, .stepFailed(why: "busy"), .step(.stepFailed(host: Samples.a, step: .reboot, why: "busy"))),
    ]
    static let blocked = HoldReason.nodes(
        .drainBlocked(
            host: Samples.a, node: "node-a", pods: ["default/web-0"], budgets: ["default/web"], said: ""))

    @Test(arguments: holds)
    func whoIsHeldBeforeTheRebootServes(events: Int, event: Machine.Event, reason: HoldReason) throws {
        var machine = try Self.machine(Self.hostEvents.prefix(events))
        #expect(try machine.handle(event) == Self.readmits)
        #expect(try machine.handle(Self.readmitted) == [.hold([reason])])
        #expect(machine.state.drained == nil)
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeReboot, a)])
        #expect(try machine.handle(.gatesOpened(running: old)) == Self.evacuates)
    }

    /// A reboot request that was not answered may still arrive.
    @Test func whoMayRebootYetStaysDrained() throws {
        var machine = try Self.machine(Self.hostEvents.prefix(5) + [.rebootNotBegun()])
        #expect(
            try machine.handle(.gatesHeld(reasons: [.window(.windowUnknown)])) == [
                .hold([.window(.windowUnknown)])
            ])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeReboot, a)])
        #expect(machine.state.drained == a)
    }

    /// A host that is out stays out of service while it is held.
    @Test func whoIsHeldAfterTheRebootDoesNot() throws {
        var machine = try Self.machine(Self.hostEvents.prefix(6))
        #expect(
            try machine.handle(.gatesHeld(reasons: [.window(.windowUnknown)])) == [
                .hold([.window(.windowUnknown)])
            ])
        #expect(machine.state.hostOut == a)
    }

    @Test func aHostThatWentBackByItselfServes() throws {
        var machine = try Self.machine(Self.hostEvents.prefix(5))
        let back = Machine.Event.returned(boot: BootID("boot-2"), version: old, partition: "USR-A")
        #expect(try machine.handle(back) == Self.readmits)
        #expect(
            try machine.handle(Self.readmitted) == [
                .hold([.step(.reverted(host: a, running: old, target: new))])
            ])
    }

    @Test func aHostThatWasRolledBackServes() throws {
        var machine = try Self.machine(Self.hostEvents.prefix(6))
        try machine.handle([
            Samples.rollbackRequested(a), .gatesOpened(running: new), Samples.wentBackEvent,
        ])
        #expect(try machine.handle(.gatesOpened(running: old)) == Self.readmits)
        #expect(
            try machine.handle(Self.readmitted) == [
                .hold([.step(.rolledBack(host: a, running: old, from: new))])
            ])
    }

    /// A node that could not be uncordoned is asked for again, and the rollout does not go on before.
    @Test func aNodeThatCannotBeReadmittedHolds() throws {
        var machine = try Self.machine(Self.hostEvents.prefix(8))
        let reason = HoldReason.step(.stepFailed(host: a, step: .readmit, why: "503"))
        #expect(try machine.handle(.stepFailed(why: "503")) == [.hold([reason])])
        #expect(try machine.handle(.resumed(retryReverted: false)) == Self.readmits)
        #expect(try machine.handle(.readmitted(node: nil)) == [.askGates(.afterCommit, a)])
    }

    /// The API may be unreachable just because the host has left its old partition.
    @Test func aCommittedHostGoesBackThoughItsNodeCannotBeReadmitted() throws {
        var machine = try Self.machine(Self.hostEvents.prefix(8) + [.stepFailed(why: "503")])
        #expect(machine.isFree(toRetreat: a) && !machine.isFree(toRetreat: b))
        #expect(try machine.handle(Samples.rollbackRequested(a)) == [.askGates(.beforeRollback, a)])
        try machine.handle([.gatesOpened(running: new), Samples.wentBackEvent])
        #expect(try machine.handle(.gatesOpened(running: old)) == Self.readmits)
    }

    /// At most one node is out: the node that waits for its own host's reboot serves again before another host goes
    /// back.
    @Test(arguments: [3, 4]) func anotherHostGoesBackOnlyAfterTheNodeServes(events: Int) throws {
        var machine = try Self.machine(Self.hostEvents.prefix(events))
        #expect(try machine.handle(Samples.rollbackRequested(b)) == Self.readmits)
        #expect(try machine.handle(Self.readmitted) == [.askGates(.beforeRollback, b)])
    }

    /// After a crash the gates are asked again before the node is drained; it is uncordoned without asking them.
    @Test func afterACrashItIsAskedForAgain() throws {
        var machine = try Self.machine(Self.hostEvents.prefix(3))
        #expect(machine.outstanding == [.askGates(.beforeReboot, a)])
        #expect(machine.state.drained == nil)
        #expect(try machine.handle(.gatesOpened(running: old)) == Self.evacuates)
        machine = try Self.machine(Self.hostEvents.prefix(8))
        #expect(machine.outstanding == Self.readmits)
    }

    /// After a lost journal every node is uncordoned, in case the rollout had cordoned it; but none whose host is out.
    @Test func afterALostJournalEveryNodeIsAsked() throws {
        var plan = Self.plan
        plan.found = .init(upgraded: [a], atWork: .staged(b, Samples.staged()))
        var machine = Machine(plan: plan)
        var directives = try machine.handle(.resumed(retryReverted: false))
        for host in plan.hosts.map(\.id) {
            #expect(directives == [.record(.readmit(host: host)), .readmit(host)])
            directives = try machine.handle(.readmitted(node: nil))
        }
        #expect(directives == [.askGates(.beforeReboot, b)])
        plan.found = .init(upgraded: [], atWork: .returned(a, Samples.returned))
        machine = Machine(plan: plan)
        #expect(try machine.handle(.resumed(retryReverted: false)).last == .readmit(b))
    }

    /// The indices of `RolloutMachineTests.allEvents` that are legal in the two states.
    @Test(arguments: [(3, [1, 2, 6, 14, 15, 17]), (8, [6, 14, 15, 18])])
    func whatCannotHappenIsRefused(events: Int, expected: [Int]) throws {
        let machine = try Self.machine(Self.hostEvents.prefix(events))
        let accepted = RolloutMachineTests.allEvents.indices.filter { index in
            var copy = machine
            do {
                _ = try copy.handle(RolloutMachineTests.allEvents[index])
                return true
            } catch {
                #expect(copy == machine)
                return false
            }
        }
        #expect(accepted == expected, "\(machine.state)")
    }
}
