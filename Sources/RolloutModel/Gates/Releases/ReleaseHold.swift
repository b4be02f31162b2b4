/// Why the gate for releases holds: what the target takes away, and which etcd it brings.
public enum ReleaseHold: Hold {
    /// The target's image lacks a part that the cluster runs on; `last` is the last stable release that has it.
    case releaseLacks(host: HostID, part: ReleasePart, target: Version, last: Version)
    /// etcd's own rules forbid this step; `through` is the release to go through instead.
    case etcdJump(
        host: HostID, from: String, to: String, target: Version, rule: EtcdRule, through: Version?)
    /// The etcd that the target brings is unknown.
    case etcdAfterUnknown(host: HostID, running: String, target: Version, why: String)
    /// The staged partition brings another etcd than the operator said.
    case etcdStagedDiffers(host: HostID, staged: String, told: String, target: Version)
    /// The host's etcd took a step that etcd's own rules forbid; `goesBack` is true if a rollback is possible.
    case etcdJumped(
        host: HostID, from: String, to: String, target: Version, rule: EtcdRule, goesBack: Bool)
    /// The host runs another etcd than the operator said it would.
    case etcdDiffers(host: HostID, found: String, told: String)

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension ReleaseHold {
    public var gate: String {
        switch self {
        case .etcdDiffers, .etcdJumped: "etcd"
        case .releaseLacks, .etcdJump: "release"
        case .etcdAfterUnknown, .etcdStagedDiffers: OverridableGate.etcdAfter.rawValue
        }
    }

    public var patience: Patience { .act }

    public var rank: HoldRank {
        switch self {
        case .etcdJumped: .host
        case .releaseLacks, .etcdJump, .etcdAfterUnknown, .etcdDiffers, .etcdStagedDiffers: .other
        }
    }

    public var subject: HostID? {
        switch self {
        case .releaseLacks(let host, _, _, _), .etcdJump(let host, _, _, _, _, _),
            .etcdAfterUnknown(let host, _, _, _), .etcdDiffers(let host, _, _),
            .etcdStagedDiffers(let host, _, _, _), .etcdJumped(let host, _, _, _, _, _):
            host
        }
    }
}
