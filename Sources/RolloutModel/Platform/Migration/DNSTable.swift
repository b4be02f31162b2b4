/// The changes in DNS that lead an application's clients to the new cluster.
public struct DNSTable: Hashable, Sendable {
    public struct Record: Codable, Hashable, Sendable {
        public var application: ApplicationID
        /// The name that clients use now.
        public var name: DomainName
        public var target: Target
        /// True for a zone's own name, which may be no CNAME.
        public var isApex: Bool

        public init(application: ApplicationID, name: DomainName, target: Target, isApex: Bool) {
            self.application = application
            self.name = name
            self.target = target
            self.isApex = isApex
        }
    }

    public enum Target: Codable, Hashable, Sendable {
        /// The name is to be an alias of this one.
        case cname(DomainName)
        /// The name is the same at both clusters: it is to lead to the new routers.
        case routers([String])
    }

    public var records: [Record]
    /// The time that answers may be kept for.
    public var ttl: Duration

    public init(records: [Record], ttl: Duration) {
        self.records = records
        self.ttl = ttl
    }

    /// The records of one application.
    ///
    /// - Parameters:
    ///   - expected: the names that the application has at the old cluster.
    ///   - new: the name that the new platform gave to the application.
    ///   - routers: the addresses of the new routers.
    ///   - apexes: the names that may be no CNAME.
    public static func records(
        of application: ApplicationID, _ expected: [ExpectedAnswer], new: DomainName, routers: [String],
        apexes: ZoneApexes
    ) -> [Record] {
        expected.map { answer in
            Record(
                application: application, name: answer.name,
                target: answer.name == new ? .routers(routers) : .cname(new),
                isApex: apexes.contains(answer.name))
        }
    }

    /// A zone file to import (RFC 1035), with every name absolute.
    ///
    /// A zone's own name may be no alias (RFC 1034, 3.6.2): such a line is a comment, for a person.
    public var zone: [String] {
        ["$TTL \(ttl.components.seconds)"] + records.flatMap { Self.lines($0) }
    }

    private static func lines(_ record: Record) -> [String] {
        switch record.target {
        case .cname(let target) where record.isApex:
            [
                "; \(record.name). is a zone's own name and may be no CNAME: use your provider's ALIAS, or the addresses of",
                "; \(record.name). IN ALIAS \(target).",
            ]
        case .cname(let target): ["\(record.name). IN CNAME \(target)."]
        case .routers(let routers):
            routers.map { router in
                let address = router.isIPv4 ? router : nil
                return address.map { "\(record.name). IN A \($0)" }
                    ?? "; \(record.name). must lead to the new router \(router)"
            }
        }
    }
}

extension String {
    fileprivate var isIPv4: Bool {
        let parts = split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
}
