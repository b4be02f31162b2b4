import Reports
import RolloutModel
import SampleReports
import Testing

@testable import TurnstileCommands

/// The last look at an old cluster, in words.
@Suite struct RetirementReportTests {
    private static func report(_ found: Observation<RouterRequests>) throws -> RetirementReport {
        let plan = MigrationPlan(
            id: "m-1", old: .init(url: "http://old", tokenFile: nil, routers: []),
            new: .init(url: "http://new", tokenFile: nil, routers: ["r"]), registry: nil, certificates: nil,
            renames: [])
        var state = try #require(MigrationState(first: .opened(format: 1, plan: plan)))
        let shop = try #require(ApplicationID("shop"))
        let name = try #require(DomainName("shop.new.org"))
        let areTaken = [MigrationEvent.proved(shop, name: name), .cutOver(shop)].map { state.apply($0) }
        #expect(!areTaken.contains(false))
        return RetirementReport(state, [shop], found, 60)
    }

    static let looks: [(asked: Int?, others: Int, isClear: Bool, says: String)] = [
        (0, 0, true, "No application was asked for at the old routers in 60 min"),
        (0, 9, true, "9 requests were for no application's name"),
        (2, 9, false, "shop.old.org: 2 requests at the old routers in 60 min"),
        (nil, 0, false, "Requests to the old routers were not counted: no router"),
    ]

    /// A journal that may have lost requests proves nothing by its silence.
    @Test(arguments: [RouterLogGap.Why.beginsLate(by: .seconds(40)), .dropped(messages: 9)])
    func aGapInALogKeepsIt(why: RouterLogGap.Why) throws {
        let gap = RouterLogGap(host: HostID("core-2"), why: why)
        let report = try Self.report(.seen(RouterRequests(names: [:], others: 0, gaps: [gap])))
        #expect(!report.isClear)
        #expect(report.lines.contains { $0.contains("some may not be counted: \(gap).") }, "\(report.lines)")
        #expect(try JSONSchema("migrate-retire").objections(to: JSONText.document(report)) == [])
    }

    @Test(arguments: looks) func requestsForApplicationsAloneKeepIt(
        asked: Int?, others: Int, isClear: Bool, says: String
    ) throws {
        let name = try #require(DomainName("shop.old.org"))
        let found = asked.map { Observation.seen(RouterRequests(names: [name: $0], others: others)) }
        let report = try Self.report(found ?? .unknown("no router"))
        #expect(report.isClear == isClear)
        #expect(report.lines.contains { $0.contains(says) }, "\(report.lines)")
        #expect(try JSONSchema("migrate-retire").objections(to: JSONText.document(report)) == [])
    }
}
