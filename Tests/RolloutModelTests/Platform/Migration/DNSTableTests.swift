import RolloutModel
import Testing

/// The table of names that are to lead to the new cluster.
@Suite struct DNSTableTests {
    private static let none = ZoneApexes(named: [], others: [])

    private func domain(_ text: String) throws -> DomainName { try #require(DomainName(text)) }

    private func table(
        _ names: [String], new: String, routers: [String] = ["10.0.0.1"], _ apexes: ZoneApexes = Self.none
    ) throws -> DNSTable {
        let expected = try names.map { ExpectedAnswer(name: try domain($0), status: 200) }
        let id = try #require(ApplicationID("shop"))
        return DNSTable(
            records: DNSTable.records(
                of: id, expected, new: try domain(new), routers: routers, apexes: apexes),
            ttl: .seconds(60))
    }

    static let names: [(name: String, isApex: Bool)] = [
        ("example.com", true), ("www.example.com", false), ("example.co.uk", true),
        ("www.example.co.uk", false),
        ("example.com.au", true), ("example.or.jp", true), ("example.gouv.fr", true),
        ("shop.example.de", false),
        ("co.example.org", false), ("a.co.info", false), ("co.uk", true),
    ]

    @Test(arguments: names) func aZonesOwnNameIsKnownByItsLabels(text: String, isApex: Bool) throws {
        let name = try domain(text)
        #expect(Self.none.contains(name) == isApex)
        // A person's word is above the rule.
        #expect(ZoneApexes(named: [name], others: []).contains(name))
        #expect(!ZoneApexes(named: [], others: [name]).contains(name))
    }

    @Test(arguments: ["shop.org", "shop.co.uk"]) func aZonesOwnNameIsNoAlias(apex: String) throws {
        let zone = try table(["www.\(apex)", apex], new: "shop.new.org").zone
        #expect(zone.filter { !$0.hasPrefix(";") } == ["$TTL 60", "www.\(apex). IN CNAME shop.new.org."])
        #expect(zone.contains("; \(apex). IN ALIAS shop.new.org."))
    }

    /// A name that the rule takes for a zone's own is an alias by a person's word, and the other way round.
    @Test func aPersonSaysWhatIsAZonesOwn() throws {
        let apexes = ZoneApexes(named: [try domain("a.b.example")], others: [try domain("shop.co.de")])
        let zone = try table(["a.b.example", "shop.co.de"], new: "shop.new.org", apexes).zone
        #expect(zone.filter { !$0.hasPrefix(";") } == ["$TTL 60", "shop.co.de. IN CNAME shop.new.org."])
    }

    /// A name that is the same at both clusters leads to the routers, which a zone's own name may, too.
    @Test(arguments: ["shop.old.org", "shop.org"]) func aNameOfBothClustersLeadsToTheRouters(name: String)
        throws
    {
        let same = try table([name], new: name, routers: ["10.0.0.1", "lb.org"])
        #expect(
            same.zone == [
                "$TTL 60", "\(name). IN A 10.0.0.1", "; \(name). must lead to the new router lb.org",
            ])
    }
}
