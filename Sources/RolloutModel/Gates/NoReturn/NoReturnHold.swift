/// Why a host cannot go back, or could not any more: the etcd of its other partition would not start.
public enum NoReturnHold: Hold {
    /// The cluster's version is above that of the etcd that a rollback would start.
    case pastReturn(host: HostID, etcd: String, cluster: String, partition: String)
    case etcdBeforeUnknown(host: HostID, why: String)
    /// The etcd that last used the member's data directory is unknown; the old etcd may not start on it.
    case etcdSinceUnknown(host: HostID, why: String)
    /// `etcd` does not start on the member's data directory after etcd `since` used it. If not `wasTried`, it may not.
    case memberPastReturn(
        host: HostID, etcd: String, since: String, wasTried: Bool, member: EtcdMemberID?, partition: String)
    /// The host has the last member of the old minor version; `to` is nil if the next etcd is unknown.
    case pointOfNoReturn(host: HostID, from: String, to: String?)
    /// The old etcd does not start on the member's data once the new one ran. If not `wasTried`, it may not.
    case memberPointOfNoReturn(host: HostID, from: String, to: String, wasTried: Bool)

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension NoReturnHold {
    public var gate: String { "etcd" }

    public var patience: Patience {
        switch self {
        case .pastReturn, .etcdBeforeUnknown, .memberPastReturn: .word(.retryReverted)
        case .etcdSinceUnknown: .mending
        case .pointOfNoReturn, .memberPointOfNoReturn: .word(.noReturn)
        }
    }

    public var rank: HoldRank { .other }

    public var subject: HostID? {
        switch self {
        case .pastReturn(let host, _, _, _), .etcdBeforeUnknown(let host, _),
            .pointOfNoReturn(let host, _, _), .etcdSinceUnknown(let host, _),
            .memberPastReturn(let host, _, _, _, _, _), .memberPointOfNoReturn(let host, _, _, _):
            host
        }
    }
}
