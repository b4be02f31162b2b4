/// The settings of hosts that should be alike.
struct SettingsComparison {
    /// In the order of the plan.
    var hosts: [(id: HostID, files: [String: String])]
    var rule: GateSettings.Drift.Compare

    /// The hosts that differ, in what, and from whom; by host, in the order of the plan.
    var differing: [HoldReason] {
        let paths = Set(hosts.flatMap(\.files.keys)).sorted()
        var found: [HostID: [(drift: SettingsDrift, from: [HostID])]] = [:]
        for path in paths {
            guard let usual = usual(path) else { continue }
            let alike = hosts.filter { $0.files[path] == usual.digest }.map(\.id)
            for host in hosts {
                guard let drift = SettingsDrift(path, own: host.files[path], other: usual.digest) else {
                    continue
                }
                found[host.id, default: []].append((drift, alike))
            }
        }
        return hosts.compactMap { host in
            guard let drifts = found[host.id] else { return nil }
            let others = Set(drifts.flatMap(\.from))
            return .drift(
                .settingsDrift(
                    host: host.id, files: drifts.map(\.drift),
                    against: .hosts(hosts.map(\.id).filter(others.contains))))
        }
    }

    private struct Usual {
        /// nil where the file is usually not there.
        var digest: String?
    }

    /// The settings that more than half of at least three hosts have. Where each host has its own, none is the odd one: nil, unless all
    /// must be the same.
    private func usual(_ path: String) -> Usual? {
        let digests = hosts.map { $0.files[path] }
        let counts = digests.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        if digests.count >= 3, let most = counts.first(where: { $0.value * 2 > digests.count }) {
            return Usual(digest: most.key)
        }
        guard rule == .same, let first = digests.first else { return nil }
        return Usual(digest: first)
    }
}
