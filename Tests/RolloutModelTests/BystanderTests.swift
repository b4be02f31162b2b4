import SampleValues
import Testing

@testable import RolloutModel

/// Hosts of a rollout that are not to be upgraded.
@Suite struct BystanderTests {
    private let a = Samples.a
    private let b = Samples.b
    private let c = Samples.c
    private let old = Samples.old
    private let new = Samples.new

    private func plan(without bystanders: [HostID]) -> Plan {
        var plan = Samples.plan()
        plan.bystanders = bystanders
        return plan
    }

    @Test func theyHaveNoTurn() throws {
        var machine = RolloutMachine(plan: plan(without: [a, c]))
        #expect(try machine.handle(.began) == [.askGates(.beforeStage, b)])
        #expect(try machine.handle(Samples.hostEvents) == [.finish(.upgraded)])
        #expect(machine.results == [b: .upgraded])
    }

    @Test func onlyThoseInTurnAreLeftBehind() throws {
        var machine = RolloutMachine(plan: plan(without: [b]))
        try machine.handle([.began, .gatesOpened(running: old), .nothingOffered(running: old)])
        let left = HoldReason.offer(.leftBehind(hosts: [a], target: new))
        #expect(try machine.handle(Samples.hostEvents) == [.hold([left])])
    }

    @Test func withoutTheChosenHostItEnds() throws {
        var machine = RolloutMachine(plan: plan(without: [b, c]))
        try machine.handle([.began, .gatesHeld(reasons: [.host(.hostUncommitted(host: a))])])
        try machine.handle([.lost(host: a, why: "it burnt", member: nil)])
        let last = try machine.handle(.resumed(retryReverted: false))
        #expect(machine.outcome != nil, "\(last)")
        #expect(machine.results == [a: .lost])
    }

    /// A host that is taken up is chosen, and others are not begun.
    @Test func aRolloutThatIsTakenUpPassesThemOver() throws {
        var plan = plan(without: [b])
        plan.found = .init(upgraded: [a], atWork: nil)
        var machine = RolloutMachine(plan: plan)
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeStage, c)])
    }

    @Test func theTurnsAreCountedWithoutThem() {
        #expect(plan(without: [a, c]).hostsToUpgrade == 1)
        #expect(plan(without: [a]).hostsInTurn.map(\.id) == [b, c])
        #expect(plan(without: []).hostsInTurn == Samples.plan().hosts)
    }

    /// The hook before a rollout is due before the first host that is upgraded.
    @Test func theFirstInTurnBeginsTheRollout() {
        let plan = plan(without: [a])
        #expect(Hook.due(at: .beforeStage, of: b, in: plan).first == .beforeRollout)
        #expect(!Hook.due(at: .beforeStage, of: c, in: plan).contains(.beforeRollout))
    }

    // MARK: Gates

    /// The state of a bystander, and whether that holds the others.
    static let sights: [(change: @Sendable (inout HostFacts) -> Void, holds: Bool)] = [
        ({ $0.committed = false }, true), ({ $0.updatePending = true }, true),
        ({ $0.engineOperation = "UPDATE_STATUS_DOWNLOADING" }, true),
        ({ $0.untold = [.pendingUpdate: "permission denied"] }, true),
        // The rest is about what an update would need there.
        ({ $0.untold = [.space: "permission denied"] }, false),
        ({ $0.untold = [.hazards: "permission denied"] }, false),
        ({ $0.space = [.init(purpose: .kernel, path: "/boot", freeBytes: 5, neededBytes: 77)] }, false),
    ]

    @Test(arguments: sights.indices) func gatesLookAtThemAsFarAsTheClusterMatters(index: Int) {
        let (change, holds) = Self.sights[index]
        for checkpoint in [Checkpoint.beforeStage, .beforeReboot] {
            let plan = plan(without: [b])
            #expect(PreflightTests.reasons(at: checkpoint, plan: plan, [b: change]).isEmpty == !holds)
            #expect(!PreflightTests.reasons(at: checkpoint, plan: plan, [c: change]).isEmpty)
        }
    }

    /// The cluster is looked at as a whole, whichever hosts are chosen.
    @Test func aBystanderThatIsAwayHolds() {
        let gates = Gates(plan: plan(without: [b, c]), settings: GatesTests.settings)
        #expect(gates.verdict(.beforeStage, of: a, history: GatesTests.steady) == .proceed)
        var history = GatesTests.steady
        history[4].hosts[b] = .unknown("no route to host")
        #expect(gates.verdict(.beforeStage, of: a, history: history) != .proceed)
        history = GatesTests.steady
        history[4].membership[c] = .seen([MachineID("m-a"), MachineID("m-c")])
        #expect(gates.verdict(.beforeStage, of: a, history: history) != .proceed)
        history = GatesTests.steady
        history[4].etcd[b] = .seen(GatesTests.view(unhealthy: ["c"]))
        #expect(gates.verdict(.beforeStage, of: a, history: history) != .proceed)
    }

    /// etcd's step ends with its last member, which stays.
    @Test func aMemberThatStaysIsNoPointOfNoReturn() {
        var inventory = GatesTests.whole(at: 0)
        for host in [a, b, c] {
            inventory.seats[host] = .seen(.member(EtcdMemberID(host.rawValue), server: "3.4.23"))
        }
        let settings = GateSettings(fleet: nil, etcd: .init(samples: 1, after: "3.5"))
        func outlook(_ plan: Plan) -> EtcdOutlook? {
            Gates(plan: plan, settings: settings, target: new).etcdOutlook(in: inventory)
        }
        #expect(outlook(Samples.plan())?.pointOfNoReturn?.host == c)
        let some = outlook(plan(without: [b]))
        #expect(some?.pointOfNoReturn == nil)
        #expect(some?.members.map(\.brings) == ["3.5", nil, "3.5"])
    }
}
