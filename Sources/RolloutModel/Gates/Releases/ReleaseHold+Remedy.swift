extension ReleaseHold {
    public var remedy: Remedy {
        switch self {
        case .releaseLacks(_, let part, _, let last):
            Remedy(
                [
                    """
                    go no further than \(last), the last stable release with it: \(option: "to", last.rawValue); beyond that \
                    the cluster must do without \(part.words) first
                    """, Self.keepsItsTarget,
                ], then: .abandon)
        case .etcdJump(_, let from, _, _, let rule, let through):
            Remedy([Self.detour(from: from, rule, through), Self.keepsItsTarget], then: .abandon)
        case .etcdAfterUnknown:
            ["say which it is: \(option: "etcd-after") VERSION, or \(set: "gates.etcd.after")"]
        case .etcdStagedDiffers(_, let staged, _, _):
            ["say what the partition says: \(option: "etcd-after", staged)"]
        case .etcdJumped(let host, _, _, _, _, goesBack: true):
            Remedy(
                ["take it back with \(.next)", "then: \(step: Self.restarting)"], then: .rollback(host))
        case .etcdJumped(let host, let cluster, _, _, _, goesBack: false):
            Remedy(
                [
                    "its member cannot go back with its data: stop etcd on '\(host)' and disable its unit",
                    Self.restarting,
                    """
                    then, on another host, \(run: Etcdctl(cluster: cluster).remove(nil), .anyHost) \
                    (\(run: Etcdctl(cluster: cluster).list, .anyHost) has it)
                    """,
                    "move the data directory of '\(host)' away", "take the host back with \(.next)",
                    """
                    \(run: Etcdctl(cluster: cluster).add, .anyHost), and start its etcd again with \
                    ETCD_INITIAL_CLUSTER_STATE=existing
                    """,
                ], then: .rollback(host))
        case .etcdDiffers(let host, let found, _):
            [
                """
                take it back with \(or: .rollback(host)), or say that it may be: \(option: "etcd-after", found)
                """
            ]
        }
    }

    private static let keepsItsTarget: Remedy.Step = .inRollout(
        "a rollout keeps its target: end this one with \(.next), then begin the other")

    private static let restarting: Remedy.Step = """
        members that have ended themselves keep their data directories, whatever their log asks for: \
        \(run: "systemctl reset-failed UNIT", .anyHost, asRoot: true) and \
        \(run: "systemctl start UNIT", .anyHost, asRoot: true) on their hosts, UNIT being that of their etcd
        """

    /// The way to the target that etcd's rules allow.
    private static func detour(from: String, _ rule: EtcdRule, _ through: Version?) -> Remedy.Step {
        if let through { return "go through \(through) first: \(option: "to", through.rawValue)" }
        switch rule {
        case .neverDown: return "choose a target whose etcd is \(from) or later"
        case .notRolling, .noConversion: return "move the cluster to etcd 2 first, all members at once"
        case .unlisted: return "read what etcd says of the way from \(from), and go it by hand"
        case .samePatchLine, .nextMinor, .twoToThree, .minClusterVersion, .oneMinorAtATime:
            let next =
                EtcdMinor(from).flatMap { EtcdCompatibility.next(after: $0) }?.description ?? "the next"
            return "bring every member to etcd \(next) first; no stable release on the way brings it"
        }
    }
}
