import Reports
import RolloutJournal
import RolloutModel
import Settings

extension Configuration {
    /// The newest rollouts by which a forecast goes: older ones tell less, and reading them takes time.
    private static let forecastRolloutsMax = 20

    /// The time that a plan is likely to take, by the journals of earlier rollouts; nil where no host is to be upgraded.
    func durationForecast(_ plan: Plan) async -> ForecastText? {
        guard plan.hostsToUpgrade > 0 else { return nil }
        return ForecastText(hosts: plan.hostsToUpgrade, turns: await measured().flatMap(\.turns))
    }

    /// The forecasts that a person reads before a rollout begins.
    func forecasts(_ plan: Plan) async -> [String] {
        [await durationForecast(plan)?.short, await windowForecast(plan)].compactMap(\.self)
    }

    /// The times that phases took in earlier rollouts.
    func measuredPhases() async -> [PhaseTime] { await measured().flatMap(\.phases) }

    private func measured() async -> [HostTurns] {
        var turns: [HostTurns] = []
        for rollout in ((try? await journals.list()) ?? []).suffix(Self.forecastRolloutsMax) {
            var measured = HostTurns()
            // A damaged journal is left out.
            guard (try? await journals.read(rollout, each: { measured.take($0) })) != nil else { continue }
            turns.append(measured)
        }
        return turns
    }
}
