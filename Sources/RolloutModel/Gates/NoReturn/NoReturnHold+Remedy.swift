extension NoReturnHold {
    public var remedy: Remedy {
        switch self {
        case .pastReturn:
            [
                "stay on the new version; a member can only go back with its data directory removed, as a new member"
            ]
        case .etcdBeforeUnknown(let host, _):
            [
                "compare the etcd version of the other partition with \(look: .audit(host)), and go back by hand"
            ]
        case .etcdSinceUnknown:
            [
                """
                say which etcd it was, with \(set: "gates.etcd.after", to: "VERSION") in turnstile.yaml, and ask for the \
                way back again
                """
            ]
        case .memberPastReturn(let host, let cluster, _, _, let member, _):
            [
                "stay on the new version: once its etcd is well, \(.next) goes on",
                """
                a member that does not get well is made anew on '\(host)': on another host \
                \(run: Etcdctl(cluster: cluster).remove(member), .anyHost) \
                (ids: \(run: Etcdctl(cluster: cluster).list, .anyHost))
                """,
                "stop etcd on '\(host)' and move its data directory away",
                """
                on the other host \(run: Etcdctl(cluster: cluster).add, .anyHost) with the name and URL that the list had
                """,
                "start it with ETCD_INITIAL_CLUSTER_STATE=existing, then go on",
            ]
        case .pointOfNoReturn, .memberPointOfNoReturn:
            [
                """
                if you accept that no host can go back any more, say so with \(option: "yes"), as below; until then nothing \
                is touched
                """
            ]
        }
    }
}
