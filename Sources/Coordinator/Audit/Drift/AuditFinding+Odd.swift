extension [AuditFinding] {
    /// Hosts that have something else than most others have, and what no majority agrees on.
    static func odd(_ audits: [HostAudit]) -> [AuditFinding] {
        // By distribution once: a fleet may have any number, if only of lies.
        let distributions = HostSpread(audits, by: \.distribution).values.map(\.value)
        let grouped = Dictionary(grouping: audits) { $0.distribution }
        return AuditAspect.allCases.flatMap { aspect -> [AuditFinding] in
            guard aspect.isOfDistribution else { return odd(audits, aspect) }
            return distributions.flatMap { odd(grouped[$0] ?? [], aspect) }
        }
    }

    private static func odd(_ audits: [HostAudit], _ aspect: AuditAspect) -> [AuditFinding] {
        let spread = HostSpread(audits, by: aspect.value)
        guard spread.values.count > 1 else { return [] }
        guard let common = spread.common else {
            return aspect.isOftenUnique ? [] : [disagreement(spread, aspect)]
        }
        let others = common.hosts.count == 1 ? "1 other" : "\(common.hosts.count) others"
        return spread.values.dropFirst().map { value, hosts in
            let found = "\(aspect.name) is \(aspect.shown(value))"
            return AuditFinding(
                .oddOneOut, hosts, "\(found), and \(aspect.shown(common.value)) on \(others)", aspect: aspect)
        }
    }

    /// So many values are named; a fleet may have any number.
    private static let valuesMax = 5

    private static func disagreement(_ spread: HostSpread, _ aspect: AuditAspect) -> AuditFinding {
        let named = spread.values.prefix(valuesMax).map { value, hosts in
            "\(aspect.shown(value)) on \(hosts.count)"
        }
        let left = spread.values.count - named.count
        let text = named.joined(separator: ", ") + (left > 0 ? ", and \(left) more" : "")
        return AuditFinding(
            .disagreement, spread.values.flatMap(\.hosts), "\(aspect.name) differs: \(text)", aspect: aspect)
    }
}
