import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// Maintenance windows, and the time that hosts took in earlier rollouts.
extension Configuration {
    var gateSettings: GateSettings {
        get async {
            var settings = gates.apart.settings(beside: gates.settings)
            if settings.windows != nil, !gates.hasPerHost,
                let measured = await MeasuredPace(in: journals).minutesPerHost
            {
                settings.windows?.minutesPerHost = measured
            }
            return settings
        }
    }

    /// The forecast of a rollout in the open window; nil where the rollout fits into it, or no window is open.
    func windowForecast(_ plan: Plan) async -> String? {
        guard let windows = await gateSettings.windows, let now = gates.localTime() else { return nil }
        return WindowForecast.line(windows, at: now, hosts: plan.hosts.count)
    }
}

/// The forecast of the hosts that fit into a window, in an operator's words.
enum WindowForecast {
    static func line(_ windows: GateSettings.Windows, at now: LocalTime, hosts: Int) -> String? {
        guard let left = windows.open.compactMap({ $0.minutesLeft(at: now) }).max() else { return nil }
        let fit = left / max(1, windows.minutesPerHost)
        guard fit < hosts else { return nil }
        return
            "It will not finish in this window: \(left) min are left, and at \(windows.minutesPerHost) min a host \(fit) of "
            + "\(hosts) hosts fit. It holds then, and is resumed in the next."
    }
}
