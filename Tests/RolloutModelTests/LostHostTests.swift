import RolloutModel
import SampleValues
import Testing

/// A host that a person declared lost.
@Suite struct LostHostTests {
    let a = Samples.a
    let b = Samples.b
    let c = Samples.c

    static let member = LostMember(id: EtcdMemberID("e-a"), name: "a", clusterVersion: "3.4.0")

    static func lost(_ host: HostID, _ member: LostMember? = nil) -> RolloutMachine.Event {
        .lost(host: host, why: "it burnt", member: member)
    }

    /// After any number of events of the first host's path, it is held for it, and goes on with the next host.
    @Test(arguments: 0..<7) func theRolloutGoesOnWithTheOthersWhereverItWas(count: Int) throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began] + Samples.hostEvents.prefix(count))
        let reason = HoldReason.person(.hostLost(host: a, why: "it burnt", member: Self.member))
        #expect(try machine.handle(Self.lost(a, Self.member)) == [.hold([reason])])
        #expect(machine.results == [a: .lost])
        #expect(machine.state.hostOut == nil)
        #expect(NextCommand(after: [reason]) == .resume(.none))
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeStage, b)])
        let end = try machine.handle(Samples.hostEvents + Samples.hostEvents)
        #expect(end == [.finish(.upgraded)])
        #expect(machine.remaining.hosts.map(\.id) == [b, c])
        #expect(machine.lostMembers == [EtcdMemberID("e-a")])
    }

    /// The hold's reasons about a host end once the host is declared lost.
    @Test func aHostThatNeverCameBackHoldsNobodyAnyMore() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle(
            [.began] + Samples.hostEvents.prefix(3) + [.notReturned(waited: .seconds(60), why: "no route")])
        try machine.handle([Self.lost(a)])
        #expect(
            machine.state
                == .gating(b).holding([.person(.hostLost(host: a, why: "it burnt", member: nil))]))
    }

    @Test func anotherHostAtWorkStaysAtWork() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began] + Samples.hostEvents.prefix(4))
        try machine.handle([Self.lost(c)])
        #expect(machine.state.hostOut == a)
        #expect(machine.state.unheld == .upgrade(a, .healthCheck(Samples.returned)))
        try machine.handle([.resumed(retryReverted: false)] + Samples.hostEvents.suffix(3))
        #expect(try machine.handle(Samples.hostEvents) == [.finish(.upgraded)])
    }

    @Test func itIsNeverAskedToBeGivenBack() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began] + Samples.hostEvents.prefix(3))
        try machine.handle([Self.lost(a), .abandonRequested])
        #expect(machine.intent == .abandon(host: b))
        try machine.handle([.abandoned(host: b, undone: [], left: [])])
        #expect(try machine.handle(.abandoned(host: c, undone: [], left: [])) == [.finish(.abandoned)])
    }

    /// No host is left to be given back, before the beginning or after it.
    @Test(arguments: [[], [RolloutMachine.Event.began]])
    func anAbandonmentOfNobodyIsAtItsEnd(begun: [RolloutMachine.Event]) throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle(begun + [Self.lost(a), Self.lost(b), Self.lost(c)])
        #expect(try machine.handle(.abandonRequested) == [.finish(.abandoned)])
    }

    /// A host that could not be given back is declared lost.
    @Test func anAbandonedRolloutEndsWithoutIt() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began, .abandonRequested, .stepFailed(why: "no route")])
        for host in [b, c] { try machine.handle([.abandoned(host: host, undone: [], left: [])]) }
        try machine.handle([Self.lost(a)])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.finish(.abandoned)])
    }

    @Test func aWayBackOfALostHostEnds() throws {
        var machine = RolloutMachine(plan: Samples.plan(purpose: .rollback(host: a)))
        try machine.handle([Samples.rollbackRequested(a), .gatesOpened(running: Samples.new)])
        try machine.handle([Self.lost(a)])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.finish(.hostLost)])
    }

    @Test func nobodyIsLostTwiceNorRolledBackThen() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began, Self.lost(a)])
        #expect(throws: RolloutMachine.IllegalEvent.self) { try machine.handle(Self.lost(a)) }
        #expect(throws: RolloutMachine.IllegalEvent.self) { try machine.handle(Self.lost(HostID("z"))) }
        #expect(throws: RolloutMachine.IllegalEvent.self) { try machine.handle(Samples.rollbackRequested(a)) }
        #expect(!machine.canLose(a) && machine.canLose(b))
    }

    @Test func whatRanEverywhereIsWaitedForOnTheOthers() throws {
        var plan = Samples.plan()
        plan.units = FleetUnits(active: ["global": 3, "one": 1], launched: ["global", "one"])
        var machine = RolloutMachine(plan: plan)
        try machine.handle([.began, Self.lost(a)])
        #expect(machine.remaining.units?.active == ["global": 2, "one": 1])
    }

    // MARK: etcd

    static func view(_ names: [String], unhealthy: Set<String>) -> EtcdView {
        GatesTests.view(unhealthy: unhealthy, names: names)
    }

    static func seats(_ names: String...) -> [Observation<EtcdSeat>] {
        names.map { $0 == "-" ? .seen(.none) : .seen(.member(EtcdMemberID($0), server: "3.4.23")) }
    }

    @Test func itsMemberIsTheOneThatNobodyElseHas() {
        let view = Self.view(["a", "b", "c"], unhealthy: ["a"])
        let member = view.lostMember(others: Self.seats("b", "c")).value??.id
        #expect(member == EtcdMemberID("a"))
        // A worker without a member takes none away.
        #expect(view.lostMember(others: Self.seats("b", "c", "-")).value??.id == EtcdMemberID("a"))
        #expect(view.lostMember(others: Self.seats("a", "b", "c")) == .seen(nil))
    }

    /// To remove the wrong one costs the quorum.
    @Test func whereItMayBeAnotherItIsNotNamed() {
        let view = Self.view(["a", "b", "c"], unhealthy: ["a"])
        #expect(view.lostMember(others: Self.seats("b")).value == nil)
        #expect(view.lostMember(others: Self.seats("a", "b")).value == nil, "c answers")
        #expect(view.lostMember(others: [.unknown("no route")] + Self.seats("b", "c")).value == nil)
    }

    @Test(arguments: [
        ("2.3.8", "etcdctl member remove e-a"), ("3.4.0", "ETCDCTL_API=3 etcdctl member remove e-a"),
    ])
    func itsRemovalIsOfItsEra(version: String, command: String) {
        let member = LostMember(id: EtcdMemberID("e-a"), name: "a", clusterVersion: version)
        #expect(member.removal.description == command)
        #expect(
            HoldReason.person(.hostLost(host: a, why: "it burnt", member: member)).remedy.text().contains(
                "'\(command)'"))
    }

    /// A lost host's member is not waited for, and keeps its vote. Five voters can spare one more, three and four
    /// cannot.
    @Test(arguments: [(5, true), (4, false), (3, false)])
    func itCountsAsGoneUntilItIsRemoved(voters: Int, mayGo: Bool) {
        let names = ["a", "b", "c", "d", "e"].prefix(voters).map { String($0) }
        var machine = RolloutMachine(plan: Samples.plan())
        let member = LostMember(id: EtcdMemberID("c"), name: "c", clusterVersion: "3.4.0")
        #expect(throws: Never.self) { try machine.handle([.began, Self.lost(c, member)]) }
        let history = [0, 10, 20, 30, 40].map { moment in
            var inventory = GatesTests.whole(at: .start + .seconds(moment))
            inventory.hosts[c] = .unknown("no route")
            inventory.membership = [b: .seen([MachineID("m-a"), MachineID("m-b")])]
            inventory.etcd = [b: .seen(Self.view(names, unhealthy: ["c"]))]
            return inventory
        }
        let with = Gates(
            plan: machine.remaining, settings: GatesTests.settings, lostMembers: machine.lostMembers)
        let verdict = with.verdict(.beforeStage, of: a, history: history)
        #expect((verdict == .proceed) == mayGo, "\(verdict)")
        // A lost host whose member is unknown is still waited for.
        let unknown = Gates(plan: machine.remaining, settings: GatesTests.settings)
        #expect(unknown.verdict(.beforeStage, of: a, history: history) != .proceed)
    }
}
