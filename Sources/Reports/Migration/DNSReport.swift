import RolloutModel

/// The table of `platform migrate dns`.
package struct DNSReport: Encodable {
    var ttlSeconds: Int64
    var records: [Record]

    struct Record: Encodable {
        var application: String
        var name: String
        var type: String
        var target: [String]
        /// True for a name that may be no CNAME.
        var isApex: Bool
    }

    package init(_ table: DNSTable) {
        ttlSeconds = table.ttl.components.seconds
        records = table.records.map { record in
            let (type, target) = Self.target(record.target)
            return Record(
                application: record.application.text, name: record.name.text, type: type, target: target,
                isApex: record.isApex)
        }
    }

    private static func target(_ target: DNSTable.Target) -> (String, [String]) {
        switch target {
        case .cname(let name): ("CNAME", [name.text])
        case .routers(let routers): ("A", routers)
        }
    }

    package func lines(on terminal: Terminal) -> [String] {
        var table = Columns(header: ["APPLICATION", "NAME", "TYPE", "TARGET"])
        for record in records {
            table.rows.append([
                .init(record.application), .init(record.name),
                record.isApex && record.type == "CNAME" ? .init("ALIAS", .yellow) : .init(record.type),
                .init(record.target.joined(separator: " ")),
            ])
        }
        return table.lines(on: terminal)
    }
}
