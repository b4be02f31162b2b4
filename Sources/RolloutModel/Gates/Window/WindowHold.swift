/// Why the gate for maintenance windows holds.
public enum WindowHold: Hold {
    case outsideWindow(windows: [MaintenanceWindow], now: LocalTime, opensInMinutes: Int)
    case windowTooShort(host: HostID, leftMinutes: Int, neededMinutes: Int)
    /// The local time is unknown.
    case windowUnknown

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension WindowHold {
    public var gate: String { OverridableGate.window.rawValue }

    public var patience: Patience {
        switch self {
        case .outsideWindow(_, _, let minutes): .later(.minutes(max(1, minutes) - 1))
        case .windowTooShort(_, let left, _):
            // Only the next window can be long enough.
            .later(.minutes(max(1, left) - 1))
        case .windowUnknown: .mending
        }
    }

    public var rank: HoldRank { .other }

    public var subject: HostID? {
        switch self {
        case .windowTooShort(let host, _, _): host
        case .outsideWindow, .windowUnknown: nil
        }
    }
}

extension WindowHold {
    public var says: String {
        switch self {
        case .outsideWindow(let windows, let now, let minutes):
            """
            it is \(now), and the maintenance window is \(windows.map(\.description).joined(separator: "; ")): \
            it opens in \(Duration.minutes(minutes).words)
            """
        case .windowTooShort(let host, let left, let needed):
            "the maintenance window closes in \(Duration.minutes(left).words), and host '\(host)' may need \(Duration.minutes(needed).words)"
        case .windowUnknown:
            "whether the maintenance window is open cannot be told: nothing says what time it is there"
        }
    }

    public var brief: String {
        switch self {
        case .outsideWindow: "the maintenance window is not open"
        case .windowTooShort: "the maintenance window closes too soon"
        default: says
        }
    }
}

extension WindowHold {
    public var remedy: Remedy {
        switch self {
        case .outsideWindow: ["go on when it is open, or change \(set: "gates.window.open")"]
        case .windowTooShort: ["go on in the next window, or lower \(set: "gates.window.per-host")"]
        case .windowUnknown:
            ["see that \(set: "gates.window.zone") names a time zone that this machine knows"]
        }
    }
}
