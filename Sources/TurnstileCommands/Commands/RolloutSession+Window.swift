import Driving
import RolloutJournal
import RolloutModel

/// Maintenance windows, with what hosts took in earlier rollouts.
extension RolloutSession {
    var gateSettings: GateSettings {
        var settings = configuration.gates.settings
        if settings.windows != nil, !configuration.gates.hasPerHost,
            let measured = MeasuredPace(in: JournalDirectory(path: configuration.journal)).minutesPerHost
        {
            settings.windows?.minutesPerHost = measured
        }
        return settings
    }

    /// How far a rollout comes in the window that is open; nil where it comes to its end, or none is open.
    func windowForecast(_ plan: Plan) -> String? {
        guard let windows = gateSettings.windows, let now = clock.localTime() else { return nil }
        return WindowForecast.line(windows, at: now, hosts: plan.hosts.count)
    }
}

/// What a window has room for, in an operator's words.
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
