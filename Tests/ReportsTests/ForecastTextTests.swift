import RolloutModel
import Testing

@testable import Reports

@Suite struct ForecastTextTests {
    static let lines: [(turns: [Int], line: String)] = [
        ([], "is not known: earlier rollouts measured 0 of the 3 hosts that are needed"),
        ([600, 600], "is not known: earlier rollouts measured 2 of the 3 hosts that are needed"),
        ([600, 600, 600], "is likely to take 20 min, judged by 3 hosts of earlier rollouts"),
        (
            [600, 660, 3000],
            "is likely to take 22 min (20 min to 1 h 40 min), judged by 3 hosts of earlier rollouts"
        ),
    ]

    @Test(arguments: lines) func theSpreadIsSaid(turns: [Int], line: String) {
        let text = ForecastText(hosts: 2, turns: turns.map { .seconds($0) })
        #expect(text.line.contains(line))
        #expect(text.short.contains(line))
        #expect(text.line.contains("'turnstile rehearse'") == (turns.count < DurationForecast.measuredMin))
        #expect(!text.short.contains("'turnstile"))
    }
}
