/// Why the gate for hosts' settings holds.
public enum DriftHold: Hold {
    case settingsDrift(host: HostID, files: [SettingsDrift], against: SettingsDrift.Against)
    /// The operator's `file` equals none of the `found` files.
    case userDataUnexpected(host: HostID, file: String, found: [String])

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension DriftHold {
    public var gate: String { OverridableGate.drift.rawValue }

    public var patience: Patience { .act }

    public var rank: HoldRank { .other }

    public var subject: HostID? {
        switch self {
        case .settingsDrift(let host, _, _), .userDataUnexpected(let host, _, _): host
        }
    }
}

extension DriftHold {
    public var says: String {
        switch self {
        case .settingsDrift(let host, let files, .plan):
            "host '\(host)' has other settings than when the plan was made: \(files.listed)"
        case .settingsDrift(let host, let files, .hosts(let others)):
            """
            host '\(host)' has other settings than \(others.map { "'\($0)'" }.joined(separator: ", ")): \
            \(files.listed)
            """
        case .userDataUnexpected(let host, let file, let found):
            found.isEmpty
                ? "host '\(host)' has no user-data on its disk, and \(file) is expected"
                : "the user-data of host '\(host)' is not \(file): \(found.joined(separator: ", "))"
        }
    }
}

extension DriftHold {
    public var remedy: Remedy {
        switch self {
        case .settingsDrift(let host, _, .hosts):
            [
                "see which of them fits the new release, and make them alike",
                "where '\(host)' is meant to differ, say so for good with \(set: "gates.drift.compare")",
            ]
        case .settingsDrift(let host, _, .plan):
            ["see who changed it on '\(host)', and whether it fits the new release"]
        case .userDataUnexpected(let host, let file, _):
            ["put \(file) on '\(host)' and reboot it, or change \(set: "gates.drift.user-data")"]
        }
    }
}
