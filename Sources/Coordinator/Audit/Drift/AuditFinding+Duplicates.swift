extension [AuditFinding] {
    /// Hosts that are one machine, or that share what tells machines apart.
    static func duplicates(_ audits: [HostAudit]) -> [AuditFinding] {
        let boots = Dictionary(audits.map { ($0.host, $0.bootID) }, uniquingKeysWith: { first, _ in first })
        func isOne(_ hosts: [String]) -> Bool {
            guard let first = hosts.first.flatMap({ boots[$0] ?? nil }) else { return false }
            return hosts.allSatisfy { boots[$0] == first }
        }
        let byMachine = HostSpread(audits, by: \.machineID).values.filter { $0.hosts.count > 1 }
        let machines = byMachine.map { id, hosts in
            AuditFinding(
                .duplicate, hosts,
                isOne(hosts)
                    ? "are one machine: machine-id \(id), and one boot"
                    : "have one machine-id, \(id): a copied image, or one machine under several names")
        }
        let told = Set(byMachine.map { Set($0.hosts) })
        let keys = HostSpread(audits, by: \.hostKey).values
            .filter { $0.hosts.count > 1 && !told.contains(Set($0.hosts)) }
            .map { key, hosts in
                AuditFinding(
                    .duplicate, hosts, "have one host key, \(key): each of them can pose as the others")
            }
        return machines + keys
    }
}
