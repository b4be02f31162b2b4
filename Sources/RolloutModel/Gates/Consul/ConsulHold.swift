/// Why Consul's gate holds: who answers for it, its servers, and a host's own agent.
public enum ConsulHold: Hold {
    case consulUnknown(host: HostID, why: String)
    /// The host had an agent when the plan was made, and has none now.
    case consulGone(host: HostID)
    /// No agent of Consul runs on any of these hosts.
    case consulNowhere(hosts: [HostID])
    /// The same agent answered on all these hosts.
    case consulNodeShared(hosts: [HostID], node: ConsulNodeID)
    case consulDatacentersDiffer(
        host: HostID, datacenter: String, other: HostID, otherDatacenter: String)
    case consulLeaderless(seenBy: [HostID])
    /// `on` is the host that the server runs on; nil if unknown.
    case consulServerDown(server: String, seenBy: [HostID], why: String, on: HostID? = nil)
    case consulQuorumWouldBreak(
        host: HostID, healthyWithout: Int, votesNeeded: Int, voters: Int, seenBy: HostID)
    /// No agent of another host can tell whether the host's own is alive.
    case consulNoWitness(host: HostID)
    /// The host's own agent is not alive, as the agents of these hosts see it.
    case consulMemberMissing(host: HostID, seenBy: [HostID], why: String)
    /// The host's server had a vote, and is well without it for `seen`: autopilot gives it back after a while.
    case consulVoteAwaited(host: HostID, seen: Duration, usual: Duration)
    case consulVoteLost(host: HostID, seen: Duration)
    case consulUnsteady(seen: Duration, needed: Duration)

    /// The names in a journal, here and below.
    private enum ConsulVoteAwaitedCodingKeys: String, CodingKey {
        case host
        case seen = "seenSeconds"
        case usual = "usualSeconds"
    }

    private enum ConsulVoteLostCodingKeys: String, CodingKey {
        case host
        case seen = "seconds"
    }

    private enum ConsulUnsteadyCodingKeys: String, CodingKey {
        case seen = "seenSeconds"
        case needed = "neededSeconds"
    }

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension ConsulHold {
    public var gate: String { "consul" }

    public var patience: Patience {
        switch self {
        case .consulUnknown, .consulGone, .consulLeaderless, .consulServerDown, .consulQuorumWouldBreak,
            .consulNoWitness, .consulMemberMissing, .consulVoteLost:
            .mending
        case .consulNowhere, .consulNodeShared, .consulDatacentersDiffer: .act
        case .consulVoteAwaited, .consulUnsteady: .soon
        }
    }

    public var rank: HoldRank {
        switch self {
        case .consulServerDown, .consulMemberMissing: .fleetMember
        case .consulUnknown, .consulGone, .consulLeaderless: .fleet
        case .consulQuorumWouldBreak, .consulVoteLost: .quorum
        case .consulVoteAwaited, .consulUnsteady: .waiting
        case .consulNowhere, .consulNodeShared, .consulDatacentersDiffer, .consulNoWitness: .other
        }
    }

    public var subject: HostID? {
        switch self {
        case .consulUnknown(let host, _), .consulGone(let host), .consulNoWitness(let host),
            .consulMemberMissing(let host, _, _), .consulVoteAwaited(let host, _, _),
            .consulVoteLost(let host, _), .consulQuorumWouldBreak(let host, _, _, _, _):
            host
        case .consulServerDown(_, _, _, let host): host
        case .consulNowhere, .consulNodeShared, .consulDatacentersDiffer, .consulLeaderless, .consulUnsteady:
            nil
        }
    }

    public var basis: HoldBasis? {
        switch self {
        case .consulUnknown: .answer
        case .consulServerDown, .consulMemberMissing: .presence
        default: nil
        }
    }
}
