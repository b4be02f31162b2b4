extension NoReturnHold {
    public var says: String {
        switch self {
        case .pastReturn(let host, let etcd, let cluster, let partition):
            """
            host '\(host)' cannot go back: the cluster version rose to \(cluster) when the last member was upgraded; \
            etcd \(etcd) of \(partition) would not start
            """
        case .etcdBeforeUnknown(let host, let why):
            "whether the etcd of the other partition of host '\(host)' would start cannot be told: \(why)"
        case .etcdSinceUnknown(let host, let why):
            "whether the etcd of the other partition of host '\(host)' starts on the data of its member cannot be told: \(why)"
        case .memberPastReturn(let host, let etcd, let since, let wasTried, _, let partition):
            """
            host '\(host)' cannot go back: etcd \(since) has run there, and \(etcd) of \(partition) \
            \(wasTried ? "does not start on its data any more" : "is not known to start on its data after that")
            """
        case .pointOfNoReturn(let host, let from, let to):
            """
            host '\(host)' has the last etcd \(from): once it runs \(to ?? "a later one") the cluster version rises, and no host \
            can go back
            """
        case .memberPointOfNoReturn(let host, let from, let to, let wasTried):
            wasTried
                ? """
                once etcd \(to) has started on host '\(host)', etcd \(from) does not start on its data any more: this host cannot go \
                back then, nor can any that follows
                """
                : """
                once etcd \(to) has started on host '\(host)', it is not known whether etcd \(from) starts on its data again: this \
                host may not be able to go back then, nor any that follows
                """
        }
    }
}
