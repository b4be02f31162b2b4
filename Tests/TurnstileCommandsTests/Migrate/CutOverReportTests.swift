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
        let gap = RouterLogGap(host: HostID("core-1"), why: .dropped(messages: 9))
        let requests = count.map { RouterRequests(names: [name: $0], others: 0, gaps: [gap]) }
        let cutOver = CutOver(
            shop, [ExpectedAnswer(name: name, status: 200)], new: ["10.0.0.9"],
            sights: [name: NameSight(addresses: ["10.0.0.1"], statuses: [:])], requests: requests)
        let report = CutOverReport([cutOver], requests.map { .seen($0) } ?? .unknown("no router"))
        let text = try JSONText.document(report)
        let (schema, seen) = (try JSONSchema("migrate-cutover"), try JSONSchema.places(in: text))
        #expect(try schema.objections(to: text) == [])
        let missing: Set =
            count == nil ? ["$.applications[].oldRequests", "$.gaps[]"] : ["$.uncounted"]
        #expect(schema.places.subtracting(seen) == missing)
    }

    private static let gap = RouterLogGap(host: HostID("core-1"), why: .beginsLate(by: .seconds(300)))

    static let ends:
        [(isMoved: Bool, found: Observation<Int>?, gaps: [RouterLogGap], isOver: Bool, says: String)] = [
            (true, .seen(0), [], true, "1 of 1 applications are over"),
            (true, .seen(2), [], false, "1 of 1 applications are over"),
            (false, .seen(0), [], false, "0 of 1 applications are over"),
            (true, .seen(0), [gap], false, "the journal of 'core-1' begins 5 min after that time began"),
            (true, .unknown("on 'core-1': no route"), [], false, "were not counted: on 'core-1': no route"),
            // No host was named that could count.
            (true, nil, [], true, "were not counted: turnstile.yaml names no host"),
        ]

    @Test(arguments: ends) func itIsOverOnceNothingMayAskTheOldCluster(
        isMoved: Bool, found: Observation<Int>?, gaps: [RouterLogGap], isOver: Bool, says: String
    ) throws {
        let shop = try #require(ApplicationID("shop"))
        let name = try #require(DomainName("shop.old.org"))
        let requests = found.map { $0.map { RouterRequests(names: [name: $0], others: 0, gaps: gaps) } }
        let address = isMoved ? "10.0.0.9" : "10.0.0.1"
        let cutOver = CutOver(
            shop, [ExpectedAnswer(name: name, status: 200)], new: ["10.0.0.9"],
            sights: [name: NameSight(addresses: [address], statuses: [address: 200])],
            requests: requests?.value)
        let report = CutOverReport([cutOver], requests)
        #expect(report.isOver == isOver)
        let lines = report.lines(on: Terminal(isLive: false, hasColour: false))
        #expect(lines.contains { $0.contains(says) }, "\(lines)")
    }
}
