extension [AuditFinding] {
    /// Changes of hosts since an earlier audit. Hosts that cannot be read now, or could not then, are not compared.
    static func changes(from earlier: [HostAudit], to audits: [HostAudit]) -> [AuditFinding] {
        let pairing = AuditPairing(earlier: earlier, now: audits)
        let pairs = pairing.pairs.filter { $0.now.fault == nil && $0.before.fault == nil }
        let changed = AuditChange.allCases.flatMap { change in
            grouped(pairs, .changed, aspect: change.aspect) { pair in
                guard let before = change.value(pair.before), let now = change.value(pair.now), before != now
                else { return nil }
                return "\(change.rawValue) was \(change.shown(before)), and is \(change.shown(now))"
            }
        }
        let rebooted = grouped(pairs, .rebooted) { pair in
            guard let before = pair.before.bootID, let now = pair.now.bootID, before != now,
                pair.before.machineID == pair.now.machineID
            else { return nil }
            return "rebooted since the earlier audit"
        }
        let new = AuditFinding(.new, pairing.new.map(\.host), "not in the earlier audit")
        let gone = AuditFinding(.gone, pairing.gone.map(\.host), "in the earlier audit, and not in this one")
        return changed + rebooted + [new, gone].filter { !$0.hosts.isEmpty }
    }

    /// A finding for each sentence, with all the hosts it is true of.
    private static func grouped(
        _ pairs: [AuditPairing.Pair], _ kind: AuditFinding.Kind, aspect: AuditAspect? = nil,
        _ sentence: (AuditPairing.Pair) -> String?
    ) -> [AuditFinding] {
        var hosts: [String: [String]] = [:]
        var order: [String] = []
        for pair in pairs {
            guard let text = sentence(pair) else { continue }
            if hosts[text] == nil { order.append(text) }
            hosts[text, default: []].append(pair.now.host)
        }
        return order.map { AuditFinding(kind, hosts[$0] ?? [], $0, aspect: aspect) }
    }
}

/// The values that are compared between two audits.
private enum AuditChange: String, CaseIterable {
    case machine = "machine-id"
    case hostKey = "host key"
    case version
    case group = "GROUP"
    case engine = "update-engine"
    case rebootStrategy = "reboot strategy"
    case userData = "user-data"
    case etcd
    case fleet
    case docker
    case agent

    func value(_ audit: HostAudit) -> String? {
        switch self {
        case .machine: audit.machineID
        case .hostKey: audit.hostKey
        case .version: audit.version
        case .group: audit.group
        case .engine: audit.engine?.description
        case .rebootStrategy: AuditAspect.reboots.value(of: audit)
        case .userData: audit.userData?.sha256
        case .etcd: audit.etcdServer
        case .fleet: audit.fleet
        case .docker: audit.docker
        case .agent: audit.agent
        }
    }

    var aspect: AuditAspect? {
        switch self {
        case .version: .version
        case .group: .group
        case .engine: .engine
        case .rebootStrategy: .reboots
        case .userData: .userData
        case .etcd: .etcd
        case .machine, .hostKey, .fleet, .docker, .agent: nil
        }
    }

    func shown(_ value: String) -> String { aspect?.shown(value) ?? value }
}
