import RolloutModel
import Testing

@testable import Reports

/// The plan of a platform's upgrade as people read it.
@Suite struct PlatformPlanReportTests {
    private static func plan(_ way: PlatformWish.Way) throws -> PlatformPlan {
        let machines = (1...3).map { MachineID("m\($0)") }
        let single: [PlatformComponent] = [
            .builder, .controller, .database, .logger, .logspout, .publisher, .storeDaemon, .storeMetadata,
            .storeMonitor, .storeVolume,
        ]
        let units =
            (1...3).map { PlatformUnit(.router, $0) } + single.map { PlatformUnit($0) }
            + [PlatformUnit(.registry, 1), PlatformUnit(.storeGateway, 1)]
        let baseline = PlatformBaseline(
            version: PlatformVersion(1, 13, 3), domain: "example.org",
            placements: units.map { .init(unit: $0, machines: machines) }, applications: [],
            machines: machines.map { PlatformMachine(id: $0, address: "10.0.0.11") })
        return try PlatformPlan(PlatformWish(way: way, version: PlatformVersion(1, 13, 4)), baseline)
    }

    /// No line is wider than the terminal, and no word is lost.
    @Test(arguments: PlatformWish.Way.allCases, [60, 80, 132])
    func theTableFits(way: PlatformWish.Way, columns: Int) throws {
        let plan = try Self.plan(way)
        let terminal = Terminal(isLive: true, hasColour: false, columns: columns)
        let lines = PlatformPlanReport(plan).lines(on: terminal)
        for line in lines { #expect(line.columns <= columns, "\(line)") }
        let words = lines.flatMap { $0.split(separator: " ") }.joined(separator: " ")
        for step in plan.steps.steps {
            let row = "\(step.id) \(step.move.act.description)"
            #expect(words.contains(row), "\(row)")
            for proof in step.move.after { #expect(words.contains(proof.description), "\(proof)") }
        }
        #expect(words.contains(way.outage))
        #expect(words.contains("pg_dumpall") == (plan.pointOfNoReturn != nil))
    }
}
