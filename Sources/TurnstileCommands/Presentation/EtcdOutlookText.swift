import RolloutModel

/// What becomes of etcd, under a plan: what runs, what comes and by whose word, and from where there is no way back.
enum EtcdOutlookText {
    static func lines(_ outlook: EtcdOutlook, target: Version?) -> [String] {
        var groups: [(alike: EtcdOutlook.Member, hosts: [HostID])] = []
        for member in outlook.members {
            if let index = groups.firstIndex(where: { isAlike($0.alike, member) }) {
                groups[index].hosts.append(member.host)
            } else {
                groups.append((member, [member.host]))
            }
        }
        let lines = groups.map { group in
            let hosts = groups.count > 1 ? " on " + names(group.hosts) : ""
            return "etcd \(group.alike.runs)\(hosts): \(what(group.alike, target))"
        }
        return lines + [point(outlook)].compactMap(\.self)
    }

    private static func isAlike(_ one: EtcdOutlook.Member, _ other: EtcdOutlook.Member) -> Bool {
        (one.runs, one.brings, one.by, one.why) == (other.runs, other.brings, other.by, other.why)
    }

    /// More than these nobody reads.
    private static let namesMax = 5

    private static func names(_ hosts: [HostID]) -> String {
        let named = hosts.prefix(namesMax).map(\.rawValue).joined(separator: ", ")
        return hosts.count > namesMax ? "\(named) and \(hosts.count - namesMax) more" : named
    }

    private static func what(_ member: EtcdOutlook.Member, _ target: Version?) -> String {
        guard let brings = member.brings, let by = member.by else {
            return member.why ?? "what comes is not known"
        }
        let source =
            switch by {
            case .told: "by --etcd-after"
            case .learned: "as on a host that runs it already"
            case .table: "by the table of releases"
            }
        return "\(brings) with \(target?.rawValue ?? "the target"), \(source)"
    }

    private static func point(_ outlook: EtcdOutlook) -> String? {
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
