extension EtcdHold {
    public var says: String {
        switch self {
        case .etcdUnknown(let why, let witness, _):
            "etcd could not be read\(witness.through): \(why)"
        case .etcdSeatUnknown(let host, let why):
            "which etcd member runs on host '\(host)' could not be told: \(why)"
        case .etcdMemberUnhealthy(let member, let witness, let why, let host):
            (host.map { "etcd on '\($0)'" } ?? "etcd member '\(member)'")
                + " is not healthy\(witness.askedFrom): \(why)"
        case .etcdMemberUnknown(let member, let witness, let why, let host):
            "whether \(host.map { "etcd on '\($0)'" } ?? "etcd member '\(member)'") is healthy cannot be told, asked from '\(witness)': \(why)"
        case .etcdSeatShared(let hosts, let member):
            """
            etcd member \(member) answers as the own one of each of \(hosts.map { "'\($0)'" }.joined(separator: ", ")), and \
            runs on one host only
            """
        case .etcdNowhere(let hosts):
            "no etcd member runs on any host of this list: \(hosts.map(\.rawValue).joined(separator: ", "))"
        case .etcdUnsteady(let samples, let needed):
            "etcd was whole in \(samples) of the \(needed) samples in a row that prove it"
        case .quorumWouldBreak(let host, let healthy, let votes, let voters, let witness):
            """
            without host '\(host)' etcd would have \(healthy) healthy of \(voters) voters\(witness.askedFrom), and needs \
            \(votes)
            """
        case .etcdTooOld(let host, let etcd):
            "etcd \(etcd) runs on host '\(host)': it tells neither its members nor their health"
        }
    }

    public var brief: String {
        switch self {
        case .etcdUnknown(_, let host, _): "etcd could not be read" + host.on
        case .etcdSeatUnknown(let host, _): "which etcd member '\(host)' has cannot be told"
        case .etcdMemberUnhealthy(let member, _, _, let host):
            host.map { "etcd on '\($0)' is not healthy" } ?? "etcd member '\(member)' is not healthy"
        case .etcdUnsteady: "etcd is whole, and not yet in enough samples"
        case .quorumWouldBreak(let host, _, _, _, _): "without '\(host)' etcd would lose its quorum"
        default: says
        }
    }
}
