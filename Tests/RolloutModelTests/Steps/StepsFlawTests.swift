import Foundation
import RolloutModel
import Testing

/// Steps that are no procedure, made here or read from a journal.
@Suite struct StepsFlawTests {
    private typealias One = ProcedureStep<Turn, Seen>

    private static func lamp(
        within deadline: Duration = .seconds(60), after: [Seen] = [Seen(name: "lamp", isOn: true)]
    ) -> One {
        var step = StepSamples.step("lamp", .askAgain)
        step.move.deadline = deadline
        step.move.after = after
        return step
    }

    static let flaws: [([ProcedureStep<Turn, Seen>], StepsFlaw)] = [
        ([lamp(), lamp()], .twice(StepID("lamp"))),
        ([lamp(after: [])], .unprovable(StepID("lamp"))),
        ([lamp(within: .zero)], .deadline(StepID("lamp"), .zero)),
        ([lamp(within: .seconds(-1))], .deadline(StepID("lamp"), .seconds(-1))),
        ([lamp(within: .seconds(86_401))], .deadline(StepID("lamp"), .seconds(86_401))),
        ([StepSamples.step("a\nb", .askAgain)], .notPlain(StepID("a\nb"))),
    ]

    @Test(arguments: flaws) func isNoProcedure(steps: [ProcedureStep<Turn, Seen>], flaw: StepsFlaw) throws {
        #expect(throws: flaw) { try SampleSteps(steps) }
    }

    @Test func aMoveThatUndoesIsHeldToTheSame() throws {
        var move = StepSamples.move("lamp", false, .askAgain)
        move.after = []
        let step = StepSamples.step("lamp", .askAgain, undo: .by(move: move))
        #expect(throws: StepsFlaw.unprovable(StepID("lamp"))) { try SampleSteps([step]) }
    }

    @Test func stepsAreReadAsTheyWereWritten() throws {
        let steps = try StepSamples.three(last: .impossible)
        let data = try JSONEncoder().encode(steps)
        #expect(try JSONDecoder().decode(SampleSteps.self, from: data) == steps)
    }

    @Test func flawedStepsAreNotRead() throws {
        let data = try JSONEncoder().encode([Self.lamp(), Self.lamp()])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(SampleSteps.self, from: data) }
    }
}
