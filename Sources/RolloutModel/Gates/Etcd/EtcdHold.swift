/// Why etcd's gate holds: its members, their health, and the quorum without a host.
public enum EtcdHold: Hold {
    case etcdUnknown(why: String, through: HostID? = nil, trouble: HostTrouble? = nil)
    case etcdSeatUnknown(host: HostID, why: String)
    /// `on` is the host that the member runs on; nil if unknown.
    case etcdMemberUnhealthy(member: String, seenBy: HostID?, why: String, on: HostID? = nil)
    /// The member did not answer under its own id.
    case etcdMemberUnknown(member: String, seenBy: HostID, why: String, on: HostID? = nil)
    /// The same member answered on all these hosts.
    case etcdSeatShared(hosts: [HostID], member: EtcdMemberID)
    /// No etcd member runs on any of these hosts.
    case etcdNowhere(hosts: [HostID])
    case etcdUnsteady(samples: Int, needed: Int)
    case quorumWouldBreak(host: HostID, healthyWithout: Int, votesNeeded: Int, voters: Int, seenBy: HostID?)
    /// etcd 0.4 tells neither its members nor their health.
    case etcdTooOld(host: HostID, etcd: String)

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension EtcdHold {
    public var gate: String { "etcd" }

    public var patience: Patience {
        switch self {
        case .etcdUnknown, .etcdSeatUnknown, .etcdMemberUnhealthy, .etcdMemberUnknown,
            .quorumWouldBreak:
            .mending
        case .etcdSeatShared, .etcdNowhere, .etcdTooOld: .act
        case .etcdUnsteady: .soon
        }
    }

    public var rank: HoldRank {
        switch self {
        case .etcdMemberUnhealthy, .etcdMemberUnknown: .etcdMember
        case .etcdUnknown: .etcd
        case .etcdSeatUnknown, .etcdSeatShared, .etcdNowhere, .quorumWouldBreak: .quorum
        case .etcdUnsteady: .waiting
        case .etcdTooOld: .other
        }
    }

    public var subject: HostID? {
        switch self {
        case .etcdSeatUnknown(let host, _), .quorumWouldBreak(let host, _, _, _, _),
            .etcdTooOld(let host, _):
            host
        case .etcdMemberUnhealthy(_, _, _, let host), .etcdMemberUnknown(_, _, _, let host): host
        case .etcdUnknown(_, let host, _): host
        case .etcdSeatShared, .etcdNowhere, .etcdUnsteady: nil
        }
    }

    public var basis: HoldBasis? {
        switch self {
        case .etcdUnknown, .etcdSeatUnknown: .answer
        case .etcdMemberUnhealthy, .etcdMemberUnknown: .presence
        case .etcdSeatShared, .etcdNowhere, .etcdUnsteady, .quorumWouldBreak, .etcdTooOld: nil
        }
    }

    public var witness: HostID? {
        switch self {
        case .etcdMemberUnknown(_, let host, _, _): host
        case .etcdMemberUnhealthy(_, let host, _, _), .quorumWouldBreak(_, _, _, _, let host): host
        case .etcdUnknown(_, let host, _): host
        default: nil
        }
    }
}
