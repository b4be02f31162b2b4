/// The properties that hosts of one cluster should have in common.
public enum AuditAspect: String, Codable, CaseIterable, Sendable {
    case version
    case group
    case engine
    case reboots = "reboot-strategy"
    case userData = "user-data"
    case etcd

    /// nil where the host did not say.
    public func value(of audit: HostAudit) -> String? {
        switch self {
        case .version: audit.version
        case .group: audit.group
        case .engine: audit.engine?.description
        // The strategy that locksmithd goes by where it runs, else the one that it would go by.
        case .reboots: audit.locksmith?.strategy ?? audit.rebootStrategy
        case .userData: audit.userData?.sha256
        case .etcd: audit.etcdServer
        }
    }

    /// As an operator calls it.
    public var name: String {
        switch self {
        case .version: "version"
        case .group: "GROUP"
        case .engine: "update-engine"
        case .reboots: "reboot strategy"
        case .userData: "user-data"
        case .etcd: "etcd"
        }
    }

    /// How a value of it is shown in a sentence.
    func shown(_ value: String) -> String {
        switch self {
        case .userData: "\(value.prefix(12))…"
        case .group: value.isEmpty ? "empty" : value
        case .version, .engine, .reboots, .etcd: value
        }
    }

    /// Every host may have its own.
    var isOftenUnique: Bool { self == .userData }
    /// Said only of hosts of one distribution.
    var isOfDistribution: Bool { self != .etcd }
}

extension HostAudit.Engine: CustomStringConvertible {
    public var description: String { (isMasked ? "masked, " : "") + activeState }
}
