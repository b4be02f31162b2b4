/// The values of a property across hosts, with the hosts that have each value.
public struct HostSpread: Sendable {
    /// The values, the most common first; among equally common ones, that of the first host comes first.
    public var values: [Entry]

    public typealias Entry = (value: String, hosts: [String])

    /// Groups the audits by a value. Hosts without a value are left out.
    public init(_ audits: [HostAudit], by value: (HostAudit) -> String?) {
        var places: [String: Int] = [:]
        var found: [Entry] = []
        for audit in audits {
            guard let value = value(audit) else { continue }
            if let place = places[value] {
                found[place].hosts.append(audit.host)
            } else {
                places[value] = found.count
                found.append((value, [audit.host]))
            }
        }
        // The sort is stable.
        values = found.sorted { $0.hosts.count > $1.hosts.count }
    }

    public var count: Int { values.reduce(0) { $0 + $1.hosts.count } }

    /// The value that more than half of the hosts have.
    var common: Entry? {
        guard let first = values.first, first.hosts.count * 2 > count else { return nil }
        return first
    }
}
