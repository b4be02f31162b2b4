import RolloutModel

/// The effect of a plan on etcd: the versions now and after, the source of that knowledge, and the point of no return.
enum EtcdOutlookText {
    /// - Parameter hasDeadMan: true if hosts that are not committed go back by themselves.
    static func lines(_ outlook: EtcdOutlook, target: Version?, hasDeadMan: Bool = false) -> [String] {
        var groups: [(alike: EtcdOutlook.Member, hosts: [HostID])] = []
        for member in outlook.members {
            if let index = groups.firstIndex(where: { isAlike($0.alike, member) }) {
                groups[index].hosts.append(member.host)
            } else {
                groups.append((member, [member.host]))
            }
        }
        let lines = groups.map { group in
            let hosts = groups.count > 1 ? " on " + Names.text(group.hosts.map(\.rawValue)) : ""
            return "etcd \(group.alike.runs)\(hosts): \(what(group.alike, target))"
        }
        guard let point = point(outlook) else { return lines }
        let deadMan = outlook.pointOfNoReturn?.isOfEachMember == true ? noDeadMan : deadMan
        return lines + [point] + (hasDeadMan ? [deadMan] : [])
    }

    private static let noDeadMan =
        "update.dead-man is not used on a host past that point: on its old partition the old etcd would not start."

    private static let deadMan =
        "Past that point update.dead-man saves no host: on its old partition the old etcd would not start."

    private static func isAlike(_ one: EtcdOutlook.Member, _ other: EtcdOutlook.Member) -> Bool {
        (one.runs, one.brings, one.by, one.why) == (other.runs, other.brings, other.by, other.why)
    }

    private static func what(_ member: EtcdOutlook.Member, _ target: Version?) -> String {
        guard let brings = member.brings, let by = member.by else {
            return member.why ?? "what comes is not known"
        }
        let source =
            switch by {
            case .told: "by --etcd-after"
            case .staged: "as the partition says that is staged"
            case .own: "its own service starts it, and the update leaves it"
            case .learned: "as on a host that runs it already"
            case .table: "by the table of releases"
            }
        return "\(brings) with \(target?.rawValue ?? "the target"), \(source)"
    }

    private static func point(_ outlook: EtcdOutlook) -> String? {
        if let point = outlook.pointOfNoReturn, point.isOfEachMember == true {
            return """
                Point of no return: '\(point.host)', the first host. A member that has run etcd \(point.to) does not start on \
                \(point.from) again, so that no host can go back once it was rebooted; you are asked first, unless with --yes.
                """
        }
        if let point = outlook.pointOfNoReturn {
            return """
                Point of no return: '\(point.host)' has the last etcd \(point.from). Once it runs \(point.to) no host can go \
                back; you are asked first, unless with --yes.
                """
        }
        guard outlook.members.contains(where: { $0.brings == nil }) else { return nil }
        return "If another minor version of etcd comes, no host can go back once the last member runs it."
    }
}
