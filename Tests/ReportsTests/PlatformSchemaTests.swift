import RolloutModel
import SampleReports
import Testing

@testable import Reports

/// The JSON of `platform audit` and `platform plan`.
@Suite struct PlatformSchemaTests {
    @Test func anAuditIsOfItsSchema() throws {
        let report = PlatformReport(TableWidthTests.platform, Invocation())
        let text = try JSONText.document(report)
        #expect(try JSONSchema("platform-audit").objections(to: text) == [])
        // No router says anything of the one application.
        #expect(report.applications.first?.answers.values.allSatisfy { $0 == nil } == true)
    }

    @Test(arguments: PlatformWish.Way.allCases) func aPlanIsOfItsSchema(way: PlatformWish.Way) throws {
        let wish = PlatformWish(way: way, version: PlatformVersion(1, 13, 4))
        let baseline = try #require(PlatformBaseline(TableWidthTests.platform))
        let plan = way == .graceful ? try PlatformPlan(wish, baseline) : nil
        let report = PlatformPlanReport(wish, plan, holds: [], Invocation())
        let schema = try JSONSchema("platform-plan")
        #expect(try schema.objections(to: JSONText.document(report)) == [])
        #expect(schema.allowed(["properties", "way"]) == PlatformWish.Way.allCases.map(\.rawValue))
    }
}
