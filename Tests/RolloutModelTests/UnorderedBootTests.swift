import RolloutModel
import SampleValues
import Testing

/// A host that comes up without a request to reboot: its power failed between "staged" and the reboot.
@Suite struct UnorderedBootTests {
    let a = Samples.a
    let b = Samples.b

    static let onItsTry = RolloutMachine.Event.cameUp(
        boot: BootID("boot-2"), version: Samples.new, partition: "USR-B")

    func staged(_ events: [RolloutMachine.Event] = []) throws -> RolloutMachine {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began] + Samples.hostEvents.prefix(2) + events)
        return machine
    }

    @Test func itIsJudgedAsOneThatCameBackFromItsReboot() throws {
        var machine = try staged()
        #expect(try machine.handle(Self.onItsTry) == [.askGates(.beforeCommit, a)])
        #expect(machine.state.hostOut == a)
        #expect(
            try machine.handle(Array(Samples.hostEvents.suffix(3))) == [.askGates(.beforeStage, b)])
        #expect(machine.results == [a: .upgraded])
    }

    /// A hold, or a lost reboot request, before the host comes up changes nothing.
    @Test func alsoAfterAHoldAndAfterARequestThatWasLost() throws {
        var held = try staged([.gatesHeld(reasons: [.person(.operatorHold())])])
        try held.handle([.resumed(retryReverted: false), Self.onItsTry])
        #expect(held.state == .upgrade(a, .healthCheck(Samples.returned)))
        var told = try staged([.gatesOpened(running: Samples.old), .rebootNotBegun()])
        try told.handle([Self.onItsTry])
        #expect(told.state == .upgrade(a, .healthCheck(Samples.returned)))
    }

    /// The agent was cut off while it staged, so the coordinator does not know the staged version.
    @Test(arguments: [true, false]) func evenWhereNobodyHeardThatItWasStaged(isPinned: Bool) throws {
        var machine = RolloutMachine(
            plan: Samples.plan(target: isPinned ? .pinned(version: Samples.new) : .firstOffer))
        try machine.handle([.began, .gatesOpened(running: Samples.old), .stepFailed(why: "cut short")])
        try machine.handle([.resumed(retryReverted: false)])
        #expect(try machine.handle(Self.onItsTry) == [.askGates(.beforeCommit, a)])
        #expect(machine.target == Samples.new)
    }

    @Test func inAThirdVersionItIsOutAndOnlyARollbackIsNamed() throws {
        var machine = try staged()
        let stray = Version("1.5.0")
        try machine.handle([.cameUp(boot: BootID("boot-2"), version: stray, partition: "USR-B")])
        let reasons = try #require(machine.state.held)
        #expect(machine.state.unheld.upgrade?.knownBoot == BootID("boot-2"))
        #expect(NextCommand(after: reasons) == .rollback(a))
        #expect(machine.state.hostOut == a)
    }

    /// The host's power failed twice, or its update does not boot.
    @Test func backOnItsOldPartitionItHasReverted() throws {
        var machine = try staged()
        let last = try machine.handle([
            .cameUp(boot: BootID("boot-3"), version: Samples.old, partition: "USR-A")
        ])
        #expect(last == [.hold([.step(.reverted(host: a, running: Samples.old, target: Samples.new))])])
        #expect(machine.state.unheld == .gating(a))
        #expect(machine.state.hostOut == nil)
    }

    // MARK: While it is judged

    /// The states in which a host that came back is judged.
    static let judged: [[RolloutMachine.Event]] = [
        Array(Samples.hostEvents.dropFirst(2).prefix(2)), Array(Samples.hostEvents.dropFirst(2).prefix(3)),
    ]

    /// The host's commit succeeded without an answer, and then its power failed: the gates judge the boot that the host
    /// is on now.
    @Test(arguments: judged) func onTheSamePartitionItsPresentBootIsJudged(
        events: [RolloutMachine.Event]
    ) throws {
        var machine = try staged(events)
        let last = try machine.handle([
            .cameUp(boot: BootID("boot-3"), version: Samples.new, partition: "USR-B")
        ])
        #expect(last == [.askGates(.beforeCommit, a)])
        #expect(machine.state.knownBoot == BootID("boot-3"))
        let commit = try machine.handle(.gatesOpened(running: Samples.new)).last
        guard case .commit(a, let returned)? = commit else {
            Issue.record("\(String(describing: commit))")
            return
        }
        #expect(returned.boot == BootID("boot-3"))
    }

    @Test(arguments: judged) func onItsOldPartitionItIsNotOutAnyMore(events: [RolloutMachine.Event]) throws {
        var machine = try staged(events)
        let last = try machine.handle([
            .cameUp(boot: BootID("boot-3"), version: Samples.old, partition: "USR-A")
        ])
        #expect(last == [.hold([.step(.reverted(host: a, running: Samples.old, target: Samples.new))])])
        #expect(machine.state.unheld == .gating(a))
    }

    /// The host ran its single try in a third version, was held, and then went back by itself: the hold does not ask
    /// for a rollback any more.
    @Test func fromAThirdVersionToo() throws {
        var machine = try staged()
        try machine.handle([
            .cameUp(boot: BootID("boot-2"), version: Version("1.5.0"), partition: "USR-B"),
            .resumed(retryReverted: true),
            .cameUp(boot: BootID("boot-3"), version: Samples.old, partition: "USR-A"),
        ])
        let reasons = try #require(machine.state.held)
        #expect(machine.state.unheld == .gating(a))
        #expect(NextCommand(after: reasons) == .resume(ResumeWords(retryReverted: true)))
    }

    // MARK: By the gates

    static let places: [(Checkpoint, boot: String, isCommitted: Bool?, claim: String?, hasCome: Bool)] = [
        (.beforeReboot, "boot-1", true, "r-1", false),
        (.beforeReboot, "boot-2", false, "r-1", true),
        (.beforeReboot, "boot-2", true, nil, true),
        // Partitions that cannot be read prove nothing.
        (.beforeReboot, "boot-2", nil, "r-1", false),
        (.beforeStage, "boot-2", false, "r-1", true),
        (.beforeStage, "boot-2", true, "r-1", false),
        // The host is claimed by another rollout, or by none.
        (.beforeStage, "boot-2", false, "r-2", false),
        (.beforeStage, "boot-2", false, nil, false),
        (.beforeCommit, "boot-1", false, "r-1", false),
        // The host's commit succeeded without an answer, and its power failed; or its power failed, and it is on its
        // old partition.
        (.beforeCommit, "boot-2", true, "r-1", true),
        (.afterCommit, "boot-2", true, "r-1", false),
    ]

    @Test(arguments: places.indices) func whetherItHasCome(index: Int) {
        let (checkpoint, boot, isCommitted, claim, hasCome) = Self.places[index]
        var inventory = GatesTests.whole(at: 0)
        inventory.hosts[a] = .seen(
            HostFacts.sample(
                machine: MachineID("m-a"), boot: BootID(boot), version: Samples.new, committed: isCommitted,
                claimedBy: claim.map { RolloutID($0) }, partition: isCommitted == nil ? nil : "USR-B"))
        let gates = Gates(
            plan: Samples.plan(), settings: GatesTests.settings, knownBoot: BootID("boot-1"))
        #expect((gates.cameUp(checkpoint, of: a, in: inventory) != nil) == hasCome)
    }
}
