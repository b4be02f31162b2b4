import RolloutModel
import Testing

@Suite struct DurationForecastTests {
    private static func minutes(_ minutes: Int...) -> [Duration] { minutes.map { .minutes($0) } }

    static let forecasts: [(hosts: Int, turns: [Duration], quick: Int, likely: Int, slow: Int)] = [
        (1, minutes(10, 10, 10), 10, 10, 10),
        (10, minutes(10, 10, 10), 100, 100, 100),
        (10, minutes(12, 8, 30, 10, 11), 100, 110, 120),
        // A single night with a slow disk makes no forecast.
        (4, minutes(9, 10, 11, 10, 600), 40, 40, 44),
        // Of few hosts the spread is all there is.
        (2, minutes(20, 40, 10), 20, 40, 80),
        (2, minutes(20, 40, 10, 30), 20, 60, 80),
        (0, minutes(10, 11, 12), 0, 0, 0),
    ]

    @Test(arguments: forecasts) func itIsTheHostsBefore(
        hosts: Int, turns: [Duration], quick: Int, likely: Int, slow: Int
    ) throws {
        let forecast = try #require(DurationForecast(hosts: hosts, turns: turns))
        #expect(forecast.likely == .minutes(likely))
        #expect(forecast.spread == .minutes(quick) ... .minutes(slow))
        #expect(forecast.measured == turns.count)
    }

    @Test(arguments: [[], minutes(10), minutes(10, 12)]) func fewHostsSayNothing(turns: [Duration]) {
        #expect(DurationForecast(hosts: 3, turns: turns) == nil)
    }

    /// Journals are files, and may say anything.
    @Test func noTimeIsTooLong() throws {
        let longest = Duration(clamping: .infinity)
        let forecast = try #require(DurationForecast(hosts: .max, turns: [longest, longest, longest]))
        #expect(forecast.likely > longest)
        #expect(DurationForecast(hosts: -1, turns: [longest, longest, longest]) == nil)
    }
}
