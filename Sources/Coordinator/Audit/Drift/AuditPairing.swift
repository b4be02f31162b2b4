/// Pairs the hosts of two audits: by name, and a renamed host by its machine-id.
struct AuditPairing {
    typealias Pair = (before: HostAudit, now: HostAudit)

    var pairs: [Pair] = []
    var new: [HostAudit] = []
    var gone: [HostAudit] = []

    init(earlier: [HostAudit], now: [HostAudit]) {
        let names = Dictionary(earlier.map { ($0.host, $0) }, uniquingKeysWith: { first, _ in first })
        let present = Set(now.map(\.host))
        // Only hosts whose name is free are paired by machine-id, since a machine-id may be shared.
        let machines = Dictionary(
            earlier.filter { !present.contains($0.host) }.compactMap { audit in
                audit.machineID.map { ($0, audit) }
            }, uniquingKeysWith: { first, _ in first })
        var paired: Set<String> = []
        for audit in now {
            if let before = names[audit.host] ?? audit.machineID.flatMap({ machines[$0] }) {
                pairs.append((before, audit))
                paired.insert(before.host)
            } else {
                new.append(audit)
            }
        }
        gone = earlier.filter { !paired.contains($0.host) }
    }
}
