/// Why the gate for what an update needs of a host holds.
public enum PreflightHold: Hold {
    /// `why` in cgpt's words.
    case partitionTableDamaged(host: HostID, disk: String, why: String)
    /// update-engine reads a line of update.conf otherwise than it is meant.
    case settingOdd(host: HostID, OddSetting)
    case engineBusy(host: HostID, operation: String)
    case spaceLacking(host: HostID, HostSpace)
    /// The target's image does not go onto a host with cgroup v1.
    case cgroupsRefused(host: HostID, target: Version)

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension PreflightHold {
    public var gate: String {
        switch self {
        case .engineBusy, .cgroupsRefused, .partitionTableDamaged, .settingOdd: "host"
        case .spaceLacking: OverridableGate.space.rawValue
        }
    }

    public var patience: Patience {
        switch self {
        case .partitionTableDamaged, .engineBusy: .mending
        case .settingOdd, .spaceLacking, .cgroupsRefused: .act
        }
    }

    public var rank: HoldRank {
        switch self {
        case .engineBusy, .partitionTableDamaged, .settingOdd: .host
        case .spaceLacking, .cgroupsRefused: .other
        }
    }

    public var subject: HostID? {
        switch self {
        case .engineBusy(let host, _), .spaceLacking(let host, _), .cgroupsRefused(let host, _),
            .partitionTableDamaged(let host, _, _), .settingOdd(let host, _):
            host
        }
    }
}
