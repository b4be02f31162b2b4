extension ConsulHold {
    public var remedy: Remedy {
        switch self {
        case .consulUnknown(let host, _):
            [
                """
                do what is said there; where nothing is, look at \(run: "systemctl status consul", on: host) and \
                \(run: "consul members", on: host) on '\(host)'
                """,
                "or say where each host has its own agent: \(set: "gates.consul.endpoint")",
            ]
        case .consulGone(let host):
            ["look at \(run: "systemctl status consul", on: host) on '\(host)'"]
        case .consulNowhere:
            [
                "name the hosts with the agents, too, or say where they listen: \(set: "gates.consul.endpoint")",
                "or, where nothing here runs Consul, say \(set: "gates.consul.enabled", to: "false")",
            ]
        case .consulNodeShared:
            [
                """
                say where each host has its own agent: \(set: "gates.consul.endpoint", to: "\"http://127.0.0.1:8500\""), or \
                "http://{address}:8500" where it listens on the host's address alone
                """,
                "a cloned host wants a node-id of its own: stop its agent and remove node-id from its data directory",
            ]
        case .consulDatacentersDiffer:
            ["name the hosts of one datacenter for one rollout"]
        case .consulLeaderless(let witnesses):
            Remedy(
                [
                    """
                    bring the servers back to a quorum: see \(run: "consul operator raft list-peers -stale", .anyHost) and \
                    \(run: "journalctl -u consul", .anyHost) on them
                    """
                ] + witnesses.prefix(1).map { "look at \(run: "consul members", on: $0) on '\($0)'" })
        case .consulServerDown(let server, _, _, let host?):
            [
                """
                bring it back: see \(run: "systemctl status consul", on: host) and \(run: "journalctl -u consul", on: host) on \
                '\(host)'
                """,
                "one that is gone for good: \(run: "consul force-leave \(server)", .anyHost)",
                "or, where gossip does not know it, \(run: "consul operator raft remove-peer -address=ADDRESS:8300", .anyHost)",
            ]
        case .consulServerDown(let server, _, _, nil):
            [
                "bring it back: see \(run: "consul operator autopilot get-config", .anyHost) and its own log",
                "one that is gone for good: \(run: "consul force-leave \(server)", .anyHost)",
                "or, where gossip does not know it, \(run: "consul operator raft remove-peer -address=ADDRESS:8300", .anyHost)",
            ]
        case .consulQuorumWouldBreak:
            ["bring every server back, or add one: no voter may be missing during an upgrade"]
        case .consulNoWitness:
            [
                "name at least two hosts with an agent",
                "or, where nothing here runs Consul, say \(set: "gates.consul.enabled", to: "false")",
            ]
        case .consulMemberMissing(let host, _, _):
            [
                """
                look at \(run: "systemctl status consul", on: host) and \(run: "journalctl -u consul", on: host) on \
                '\(host)', and see whether gossip reaches it (port 8301, TCP and UDP)
                """
            ]
        case .consulVoteAwaited:
            ["\(.wait), or raise \(set: "timeouts.rejoin")"]
        case .consulVoteLost(let host, _):
            [
                """
                see \(run: "consul operator raft list-peers", .anyHost) and \
                \(run: "consul operator autopilot get-config", .anyHost)
                """,
                "look at \(run: "journalctl -u consul", on: host) on '\(host)'",
                "where autopilot takes longer: \(set: "gates.consul.stabilization")",
            ]
        case .consulUnsteady: ["\(.wait), or raise \(set: "timeouts.gate")"]
        }
    }
}
