import RolloutModel
import SampleValues
import Testing

/// The upgrade of a platform in the frame of a rollout.
@Suite struct PlatformRolloutTests {
    private typealias Machine = RolloutMachine

    private let steps: [PlatformStep]
    private let plan: Plan
    /// The place of the first step that cannot be undone.
    private let point: Int

    init() throws {
        let baseline = try #require(SamplePlatform().baseline)
        let platform = try PlatformPlan(
            PlatformWish(way: .graceful, version: SamplePlatform.new), baseline, isBackedUp: true)
        var plan = Samples.plan()
        plan.hosts[0].machine = SamplePlatform.machines[0]
        plan.platform = platform
        self.plan = plan
        steps = platform.steps.steps
        point = try #require(steps.firstIndex { $0.undo == .impossible })
    }

    private func event(_ index: Int, _ found: StepsEvent.Found, _ way: StepWay = .forward) -> Machine.Event {
        .step(id: steps[index].id, way: way, found: found)
    }

    /// A rollout in which so many steps are proved.
    private func rollout(after count: Int) throws -> Machine {
        var machine = Machine(plan: plan)
        try machine.handle([.began])
        for index in 0..<count {
            try machine.handle([event(index, .gatesOpened), event(index, .heard), event(index, .proved)])
        }
        return machine
    }

    @Test func theActIsAnnouncedBeforeItIsDone() throws {
        var machine = Machine(plan: plan)
        let intent = StepIntent(step: steps[0].id, way: .forward)
        #expect(try machine.handle(.began) == [.step(.askGates(intent, steps[0].move.before))])
        #expect(
            try machine.handle(event(0, .gatesOpened)) == [
                .record(.step(id: intent.step, way: .forward)), .step(.perform(intent, steps[0].move.act)),
            ])
        #expect(machine.intent == .step(id: intent.step, way: .forward))
    }

    /// The record of a coordinator that died is folded. The act is looked for, and not done anew. However often a
    /// coordinator dies there, no person is needed.
    @Test func afterACrashTheActIsLookedFor() throws {
        var machine = Machine(plan: plan)
        try machine.handle([.began])
        let intent = StepIntent(step: steps[0].id, way: .forward)
        for _ in 1...3 {
            try machine.handle([event(0, .gatesOpened)])
            #expect(machine.outstanding == [.step(.noteCut(intent))])
            let look = try machine.handle(event(0, .cutOff))
            #expect(look == [.step(.look(intent, steps[0].move.after))])
            try machine.handle([event(0, .absent(why: "it runs"))])
        }
        #expect(machine.state.held == nil)
    }

    @Test func provedToTheLastItEnds() throws {
        let machine = try rollout(after: steps.count)
        #expect(machine.outcome == .platformUpgraded)
        #expect(machine.results.isEmpty)
    }

    @Test func aHoldIsGoneOnWithFromItsStep() throws {
        var machine = try rollout(after: 1)
        let reason = HoldReason.platform(.platformDomainUnset)
        let asked = machine.outstanding
        #expect(try machine.handle(event(1, .gatesHeld(reasons: [reason]))) == [.hold([reason])])
        #expect(try machine.handle(.resumed(retryReverted: false)) == asked)
    }

    @Test func anActWithoutEffectHoldsByItsName() throws {
        var machine = try rollout(after: 0)
        for _ in 1...2 {
            try machine.handle([
                event(0, .gatesOpened), event(0, .unheard(why: "cut off")), event(0, .absent(why: "it runs")),
            ])
        }
        #expect(
            machine.state.held == [
                .platform(.stepWithoutEffect(step: steps[0].id, asks: 2, why: "it runs"))
            ])
    }

    /// Addresses run out between the publisher's stop and its start.
    @Test func theWishToHoldWaitsForThePublisher() throws {
        let urgent = try (0..<steps.count).filter { try !rollout(after: $0).canStop }.map { steps[$0].id }
        #expect(urgent == ["uninstall-publisher", "install-publisher", "start-publisher"])
        var machine = try rollout(after: 1)
        #expect(try machine.handle(.holdRequested()) == [.hold([.person(.operatorHold())])])
        var acting = try rollout(after: 1)
        try acting.handle([event(1, .gatesOpened)])
        #expect(throws: Machine.IllegalEvent.self) { try acting.handle(.holdRequested()) }
    }

    @Test func abandonedBeforeThePointOfNoReturnItIsUndone() throws {
        var machine = try rollout(after: 2)
        let intent = StepIntent(step: steps[1].id, way: .back)
        guard case .by(let undo) = steps[1].undo else {
            Issue.record("cannot be undone")
            return
        }
        #expect(try machine.handle(.abandonRequested) == [.step(.askGates(intent, undo.before))])
        for index in [1, 0] {
            try machine.handle([
                event(index, .gatesOpened, .back), event(index, .heard, .back), event(index, .proved, .back),
            ])
        }
        #expect(machine.outcome == .platformRestored)
    }

    /// A person abandons the rollout a second time while steps are undone. An act that may have been heard
    /// is looked for.
    @Test func abandonedTwiceNothingIsUndoneTwice() throws {
        var machine = try rollout(after: 2)
        try machine.handle([.abandonRequested, event(1, .gatesOpened, .back)])
        let directives = try machine.handle(.abandonRequested)
        #expect(directives == machine.outstanding)
        #expect(!directives.contains { if case .step(.perform) = $0 { true } else { false } })
    }

    @Test func abandonedAfterThePointOfNoReturnItStaysAsItIs() throws {
        var begun = try rollout(after: point)
        try begun.handle([event(point, .gatesOpened)])
        #expect(try begun.handle(.abandonRequested) == [.finish(.platformLeft(after: steps[point].id))])
        var proved = try rollout(after: point + 1)
        #expect(try proved.handle(.abandonRequested) == [.finish(.platformLeft(after: steps[point].id))])
    }

    @Test func abandonedBeforeItBeginsNothingWasDone() throws {
        var machine = Machine(plan: plan)
        #expect(try machine.handle(.abandonRequested) == [.finish(.platformRestored)])
    }

    @Test func noHostIsTakenBackMeanwhile() throws {
        var machine = try rollout(after: 1)
        #expect(!machine.isFree(toRetreat: Samples.a))
        #expect(throws: Machine.IllegalEvent.self) {
            try machine.handle(Samples.rollbackRequested(Samples.a))
        }
    }

    /// The machine of a lost host is not waited for.
    @Test func aLostHostIsNoPartOfTheBaseline() throws {
        var machine = try rollout(after: 1)
        try machine.handle([.lost(host: Samples.a, why: "it burnt")])
        let baseline = try #require(machine.remaining.platform?.baseline)
        let lost = SamplePlatform.machines[0]
        #expect(baseline.machines.map(\.id) == Array(SamplePlatform.machines.dropFirst()))
        #expect(!baseline.placements.contains { $0.machines.contains(lost) })
        #expect(try machine.handle(.resumed(retryReverted: false)).isEmpty == false)
    }
}
