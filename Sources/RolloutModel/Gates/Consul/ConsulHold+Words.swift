extension ConsulHold {
    public var says: String {
        switch self {
        case .consulUnknown(let host, let why): "Consul could not be read through '\(host)': \(why)"
        case .consulGone(let host):
            "host '\(host)' had an agent of Consul when the plan was made, and has none now"
        case .consulNowhere(let hosts):
            "no agent of Consul runs on any host of this list: \(hosts.map(\.rawValue).joined(separator: ", "))"
        case .consulNodeShared(let hosts, let node):
            "Consul's node \(node) answers as the own one of each of \(hosts.quoted), and runs on one host only"
        case .consulDatacentersDiffer(let host, let datacenter, let other, let otherDatacenter):
            """
            the agent of host '\(host)' is in Consul's datacenter '\(datacenter)', and that of '\(other)' in \
            '\(otherDatacenter)'
            """
        case .consulLeaderless(let witnesses): "Consul has no leader, asked from \(witnesses.quoted)"
        case .consulServerDown(let server, let witnesses, let why, let host):
            "\(Self.server(server, host)) is not well, asked from \(witnesses.quoted): \(why)"
        case .consulQuorumWouldBreak(let host, let healthy, let votes, let voters, let witness):
            """
            without host '\(host)' Consul would have \(healthy) healthy of \(voters) voters, asked from '\(witness)', and \
            needs \(votes)
            """
        case .consulNoWitness(let host):
            "no agent of another host can say whether the agent of '\(host)' is alive in Consul"
        case .consulMemberMissing(let host, let witnesses, let why):
            "the agent of host '\(host)' is not alive in Consul, asked from \(witnesses.quoted): \(why)"
        case .consulVoteAwaited(let host, let seen, let usual):
            """
            Consul's server on '\(host)' is back for \(seen.wholeSeconds) s and has no vote yet; it may take \
            \(usual.wholeSeconds) s
            """
        case .consulVoteLost(let host, let seen):
            "Consul's server on '\(host)' had a vote before, and has been back for \(seen.wholeSeconds) s without one"
        case .consulUnsteady(let seen, let needed):
            "Consul has been whole for \(seen.wholeSeconds) s of the \(needed.wholeSeconds) s that prove it"
        }
    }

    public var brief: String {
        switch self {
        case .consulUnknown(let host, _): "Consul could not be read on '\(host)'"
        case .consulLeaderless: "Consul has no leader"
        case .consulServerDown(let server, _, _, let host): "\(Self.server(server, host)) is not well"
        case .consulQuorumWouldBreak(let host, _, _, _, _):
            "without '\(host)' Consul would lose its quorum"
        case .consulMemberMissing(let host, _, _): "the agent of '\(host)' is not alive in Consul"
        case .consulVoteAwaited(let host, _, _): "Consul's server on '\(host)' waits for its vote"
        case .consulVoteLost(let host, _): "Consul's server on '\(host)' has no vote any more"
        case .consulUnsteady: "Consul is whole, and not yet for long enough"
        default: says
        }
    }

    private static func server(_ name: String, _ host: HostID?) -> String {
        host.map { "Consul's server on '\($0)'" } ?? "Consul's server '\(name)'"
    }
}

extension [HostID] {
    /// `'core-1', 'core-2'`.
    fileprivate var quoted: String { map { "'\($0)'" }.joined(separator: ", ") }
}
