extension EtcdHold {
    public var remedy: Remedy {
        switch self {
        case .etcdUnknown(_, let host?, let trouble?) where trouble.isBeforeEtcd:
            Remedy(trouble.steps(on: host))
        case .etcdUnknown(_, let host?, _):
            [
                """
                bring etcd on '\(host)' back to health first: see \
                \(run: "systemctl status etcd-member etcd2 etcd", on: host) there
                """,
                "or say where each host has its own: \(set: "gates.etcd.endpoint")",
            ]
        case .etcdUnknown:
            [
                "bring etcd back to health first, or say where each host has its own: \(set: "gates.etcd.endpoint")"
            ]
        case .etcdSeatUnknown(let host, _):
            [
                "look at \(run: "systemctl status etcd-member etcd2 etcd", on: host) on '\(host)'",
                "or say where each host has its own etcd: \(set: "gates.etcd.endpoint")",
            ]
        case .etcdMemberUnhealthy(_, _, _, let host?):
            [
                """
                bring etcd on '\(host)' back to health first: see \
                \(run: "systemctl status etcd-member etcd2 etcd", on: host) and \
                \(run: "journalctl -u etcd-member -u etcd2 -u etcd", on: host) there
                """,
                """
                one that has ended itself wants \(run: "systemctl reset-failed UNIT", on: host, asRoot: true) and \
                \(run: "systemctl start UNIT", on: host, asRoot: true), with its data directory as it is
                """,
            ]
        case .etcdMemberUnhealthy:
            [
                "bring etcd back to health first: see \(run: "systemctl status UNIT", .anyHost) of its unit there",
                """
                one that has ended itself wants \(run: "systemctl reset-failed UNIT", .anyHost, asRoot: true) and \
                \(run: "systemctl start UNIT", .anyHost, asRoot: true), with its data directory as it is
                """,
            ]
        case .etcdMemberUnknown(let member, _, _, _):
            [
                "see whether '\(member)' runs",
                """
                if it does, have it publish an address at which it alone answers the other hosts: \
                ETCD_ADVERTISE_CLIENT_URLS=http://ITS-ADDRESS:2379, or http://[ITS-ADDRESS]:2379
                """,
            ]
        case .etcdSeatShared:
            [
                """
                say where each host has its own etcd: \(set: "gates.etcd.endpoint", to: "\"http://127.0.0.1:2379\""), or \
                "http://{address}:2379" where it listens on the host's address alone
                """,
                "a host that only passes on to others' etcd is no member: let nothing answer there",
            ]
        case .etcdNowhere:
            [
                "name the hosts with the members, too",
                "or, where these hosts are only etcd's clients, say \(set: "gates.etcd.enabled", to: "false")",
            ]
        case .etcdUnsteady:
            ["\(.wait), or raise \(set: "timeouts.gate")"]
        case .quorumWouldBreak:
            ["bring every member back, or add one: no member may be missing during an upgrade"]
        case .etcdTooOld:
            ["move the cluster to etcd 2 first, all members at once: 0.4 and 2 do not speak with each other"]
        }
    }
}
