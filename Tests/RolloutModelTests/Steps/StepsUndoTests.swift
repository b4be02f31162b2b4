import RolloutModel
import Testing

/// Steps that are undone: the last one first, up to a point of no return.
@Suite struct StepsUndoTests {
    private func run(_ steps: SampleSteps, _ events: [StepsEvent.Found]) throws -> StepsRun {
        var run = StepsRun(steps)
        _ = run.begin()
        try run.handle(events)
        return run
    }

    /// Where the steps are turned back, and the acts that undo them.
    static let turns: [(proved: Int, also: [StepsEvent.Found], undone: [String])] = [
        (0, [], []), (0, [.gatesOpened, .refused(reasons: [])], []), (0, [.gatesOpened], ["power"]),
        (1, [], ["power"]), (2, [], ["power"]), (2, [.gatesOpened], ["pump", "power"]),
        (2, [.gatesOpened, .unheard(why: "")], ["pump", "power"]),
        (2, [.gatesOpened, .heard, .unproved(reasons: [])], ["pump", "power"]),
    ]

    @Test(arguments: turns)
    func theLastStepIsUndoneFirst(proved: Int, also: [StepsEvent.Found], undone: [String]) throws {
        let before = Array(repeating: StepsTests.proved, count: proved).flatMap(\.self) + also
        var run = try run(StepSamples.three(), before)
        _ = try run.turnBack()
        for name in undone {
            let intent = StepIntent(step: StepID(name), way: .back)
            #expect(
                try run.handle(.gatesOpened)
                    == [.record(intent), .perform(intent, Turn(name: name, isOn: false))])
            try run.handle([.heard, .proved])
        }
        #expect(run.result == .undone(downTo: nil))
    }

    /// The last step cannot be undone once it may have been heard. Until then the others can.
    @Test func nothingIsUndoneInAPointOfNoReturn() throws {
        let steps = try StepSamples.three(last: .impossible)
        let two = StepsTests.proved + StepsTests.proved
        var gated = try run(steps, two)
        #expect(steps.pointOfNoReturn(before: try #require(gated.state)) == nil)
        #expect(try gated.turnBack().isEmpty == false)
        let told = try run(steps, two + [.gatesOpened])
        let state = try #require(told.state)
        #expect(!steps.canTurnBack(from: state))
        #expect(steps.pointOfNoReturn(before: state) == StepID("pump"))
        #expect(throws: IllegalStepsEvent.self) { try steps.turnBack(from: state) }
    }

    @Test func undoingEndsAtThePointOfNoReturn() throws {
        let steps = try SampleSteps([
            StepSamples.step("power", .askAgain, undo: .impossible), StepSamples.step("lamp", .askAgain),
            StepSamples.step("pump", .askAgain),
        ])
        var run = try run(steps, StepsTests.proved + StepsTests.proved)
        #expect(steps.pointOfNoReturn(before: try #require(run.state)) == StepID("power"))
        _ = try run.turnBack()
        #expect(run.state?.index == 1)
        try run.handle(StepsTests.proved)
        #expect(run.result == .undone(downTo: StepID("power")))
    }

    /// Asking again to turn back goes on with it.
    @Test func whatIsUndoneAlreadyGoesOn() throws {
        var run = try run(StepSamples.three(), StepsTests.proved)
        let directives = try run.turnBack()
        #expect(try run.turnBack() == directives)
        try run.handle([.gatesOpened, .heard, .unproved(reasons: [])])
        #expect(try run.turnBack() == directives)
    }
}
