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

    /// The windows, and the part of a rollout that fits into the open one; nil where hosts may go at any time.
    func windowForecast(_ plan: Plan) async -> String? {
        guard let windows = await gateSettings.windows else { return nil }
        return WindowForecast.line(windows, at: gates.localTime(), hosts: plan.hostsToUpgrade)
    }
}

/// The forecast of the hosts that fit into a window, in an operator's words.
enum WindowForecast {
    /// - Parameter now: in the time zone of the windows; nil where that is not known.
    static func line(_ windows: GateSettings.Windows, at now: LocalTime?, hosts: Int) -> String {
        let all = windows.open.map(\.description).joined(separator: "; ")
        let named = "\(windows.open.count == 1 ? "Window" : "Windows"): \(all)."
        guard let now else { return named }
        guard let left = windows.open.compactMap({ $0.minutesLeft(at: now) }).max() else {
            return "\(named) None is open now, \(now)."
        }
        let fit = left / max(1, windows.minutesPerHost)
        let pace = "\(named) \(left) min are left, and at \(windows.minutesPerHost) min a host"
        guard fit < hosts else {
            return "\(pace) \(hosts == 1 ? "the host fits" : "all \(hosts) hosts fit")."
        }
        return
            "\(pace) \(fit) of \(hosts) hosts fit. It will not finish in this window: it holds then, and is resumed in the next."
    }
}
