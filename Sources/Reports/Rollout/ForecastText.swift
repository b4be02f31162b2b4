import RolloutModel

/// A forecast in an operator's words.
package struct ForecastText {
    private let forecast: DurationForecast?
    private let measured: Int

    /// - Parameters:
    ///   - hosts: the number of hosts that are to be upgraded.
    ///   - turns: the times that hosts of earlier rollouts took.
    package init(hosts: Int, turns: [Duration]) {
        forecast = DurationForecast(hosts: hosts, turns: turns)
        measured = turns.count
    }

    /// With the command that tells more, where little is known.
    package var line: String { known ?? "\(unknown) 'turnstile rehearse' plays it." }

    /// Without a command: for a person who is about to say yes.
    package var short: String { known ?? unknown }

    /// nil where too few hosts were measured.
    private var known: String? {
        guard let forecast else { return nil }
        let (quick, slow) = (forecast.spread.lowerBound.roughWords, forecast.spread.upperBound.roughWords)
        let spread = quick == slow ? "" : " (\(quick) to \(slow))"
        return
            "The rollout is likely to take \(forecast.likely.roughWords)\(spread), judged by \(measured) hosts of earlier "
            + "rollouts. Holds come on top."
    }

    private var unknown: String {
        "How long the rollout takes is not known: earlier rollouts measured \(measured) of the "
            + "\(DurationForecast.measuredMin) hosts that are needed."
    }
}
