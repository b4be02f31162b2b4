import Reports
import RolloutModel
import SampleReports
import Testing

@testable import TurnstileCommands

/// A look of `platform migrate cutover`.
@Suite struct CutOverReportTests {
    @Test(arguments: [nil, 3]) func itsJSONIsOfItsSchema(requests count: Int?) throws {
        let shop = try #require(ApplicationID("shop"))
        let name = try #require(DomainName("shop.old.org"))
        let requests = count.map { RouterRequests(names: [name: $0], others: 0) }
        let cutOver = CutOver(
            shop, [ExpectedAnswer(name: name, status: 200)], new: ["10.0.0.9"],
            sights: [name: NameSight(addresses: ["10.0.0.1"], status: 200)], requests: requests)
        let report = CutOverReport([cutOver], requests.map { .seen($0) } ?? .unknown("no router"))
        let text = try JSONText.document(report)
        let (schema, seen) = (try JSONSchema("migrate-cutover"), try JSONSchema.places(in: text))
        #expect(try schema.objections(to: text) == [])
        let missing: Set = [count == nil ? "$.applications[].oldRequests" : "$.uncounted"]
        #expect(schema.places.subtracting(seen) == missing)
    }
}
