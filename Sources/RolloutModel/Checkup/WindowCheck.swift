/// Maintenance windows: whether a host fits into one, and when the next opens.
public struct WindowCheck: Hashable, Sendable {
    /// nil where hosts may be taken out at any time.
    public var settings: GateSettings.Windows?
    /// The time in the zone of the windows; nil if the zone is not known here.
    public var now: LocalTime?
    /// The zone's name.
    public var zone: String

    public init(settings: GateSettings.Windows?, now: LocalTime?, zone: String) {
        self.settings = settings
        self.now = now
        self.zone = zone
    }

    public var finding: Checkup.Finding {
        guard let settings else { return .ok(.window, .here, "none is set: hosts may go at any time") }
        let longest = settings.open.map(\.minutes).max() ?? 0
        guard longest >= settings.minutesPerHost else {
            return .fault(
                .window, .here,
                """
                the longest is \(Duration.minutes(longest).words), and a host may take \(Duration.minutes(settings.minutesPerHost).words): none ever \
                goes
                """,
                fix: [
                    """
                    lengthen \(set: "gates.window.open"), or say how long a host takes: \
                    \(set: "gates.window.per-host")
                    """
                ])
        }
        // Windows concern no single host.
        let holds = WindowGate(settings: settings).holds(
            .beforeStage, of: HostID(""), in: Inventory(takenAt: .start, localTime: now))
        switch holds.first {
        case nil: return .ok(.window, .here, "\(windows(settings)): open now")
        case .windowUnknown?:
            return .fault(.window, .here, WindowHold.windowUnknown.says, fix: WindowHold.windowUnknown.remedy)
        case .outsideWindow(_, _, let minutes)?:
            return .ok(.window, .here, "\(windows(settings)): opens in \(Duration.minutes(minutes).words)")
        case .windowTooShort(_, let left, _)?:
            return .ok(
                .window, .here,
                "\(windows(settings)): closes in \(Duration.minutes(left).words), too soon for one more host")
        }
    }

    private func windows(_ settings: GateSettings.Windows) -> String {
        settings.open.map(\.description).joined(separator: "; ") + " (\(zone))"
    }
}
