import Testing

@testable import Simulation

/// The tests run one after another: a trial takes a whole processor, and other tests wait for answers with a deadline.
@Suite(.serialized) struct RunTests {
    /// A seed determines the whole trial, so that a failure can be played again.
    @Test(arguments: [1, 2] as [UInt64]) func aSeedPlaysTheSameNightEachTime(seed: UInt64) {
        let first = Run.play(seed: seed, keepsLog: true)
        let second = Run.play(seed: seed, keepsLog: true)
        #expect(first.sum == second.sum)
        #expect(first.log == second.log)
        #expect(!first.log.isEmpty)
    }

    @Test func everyNightEnds() async {
        let tally = await Tally.of(Array(1...6), atOnce: 1) { run in
            Issue.record("\(run.failure(replay: "Scripts/simulate replay"))")
        }
        #expect(tally.runs == 6)
        #expect(tally.failed.isEmpty)
        #expect(tally.outcomes["upgraded", default: 0] > 2)
    }
}
