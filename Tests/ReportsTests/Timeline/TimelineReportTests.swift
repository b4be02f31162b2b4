import Foundation
import RolloutJournal
import RolloutModel
import SampleReports
import SampleValues
import Testing

@testable import Reports

/// A rollout's timeline as text, page, Markdown and JSON.
@Suite struct TimelineReportTests {
    /// Every journal that is kept, of every format.
    static let kept: [URL] = {
        let folder = Repository.root.appendingPathComponent("Tests/RolloutJournalTests/Fixtures")
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".jsonl") }.sorted().map { folder.appendingPathComponent($0) }
    }()

    static let now = Date(timeIntervalSince1970: 1_795_600_000)

    private func timeline(_ file: URL) throws -> RolloutTimeline {
        try RolloutTimeline(
            reading: JournalBlocks([UInt8](Data(contentsOf: file))), name: file.lastPathComponent)
    }

    private func report(_ file: URL) throws -> TimelineReport {
        TimelineReport(try timeline(file), now: Self.now)
    }

    @Test func thereAreKeptJournals() { #expect(Self.kept.count > 20) }

    @Test(arguments: kept) func theJSONFitsItsSchema(file: URL) throws {
        #expect(try JSONSchema("timeline").objections(to: report(file).text(as: .json)) == [])
    }

    /// A key that no journal leads to would be one that nothing checks.
    @Test func everyPlaceOfTheSchemaIsSomewhere() throws {
        let seen = try Self.kept.reduce(into: Set<String>()) {
            $0.formUnion(try JSONSchema.places(in: report($1).text(as: .json)))
        }
        let missing = try JSONSchema("timeline").places.subtracting(seen)
        #expect(missing.isSubset(of: Self.rare), "\(missing.subtracting(Self.rare).sorted())")
    }

    /// Told by tests of their own: the kept journals' settings stay what they were.
    private static let rare: Set<String> = Set(
        ["", ".key", ".was", ".now"].map { "$.attachments.last[].changes[]" + $0 }
            + ["$.evidence.last[].unreadable"])

    /// The schema names the words that the program has.
    @Test func theSchemaHasEveryWord() throws {
        let schema = try String(
            contentsOf: Repository.root.appendingPathComponent("docs/schemas/timeline.json"), encoding: .utf8)
        let words =
            RolloutTimeline.State.allCases.map(\.rawValue) + RolloutTimeline.Result.allCases.map(\.rawValue)
            + RolloutTimeline.Phase.Kind.allCases.map(\.rawValue)
            + RolloutTimeline.Decision.Kind.allCases.map(\.rawValue)
        for word in words { #expect(schema.contains("\"\(word)\""), "\(word)") }
    }

    @Test(arguments: kept) func thePageHasEveryHostAndNeedsNothingElse(file: URL) throws {
        let timeline = try timeline(file)
        let page = try report(file).text(as: .html)
        for host in timeline.hosts { #expect(page.contains("<td>\(host.host)</td>")) }
        #expect(page.contains(timeline.digest))
        #expect(page.contains("prefers-color-scheme: dark") && page.contains("@media print"))
        for foreign in ["<script", "src=", "href=", "url(", "@import"] { #expect(!page.contains(foreign)) }
    }

    @Test(arguments: kept) func aBarIsDrawnForEveryPhase(file: URL) throws {
        let timeline = try timeline(file)
        let svg = PhasePicture(timeline, now: Self.now).svg
        let phases = timeline.hosts.flatMap(\.phases.last)
        let bars = PhasePicture.legend.reduce(0) {
            $0 + svg.components(separatedBy: "class=\"\($1.group.rawValue)\"").count - 1
        }
        #expect(bars == phases.count)
        #expect(svg.components(separatedBy: "class=\"out\"").count - 1 == phases.count { $0.isOut })
        #expect(!svg.contains("nan") && !svg.contains("inf") && !svg.contains("\"-"))
    }

    @Test(arguments: kept) func theTextIsInLinesAndTheMarkdownInTables(file: URL) throws {
        let (timeline, report) = (try timeline(file), try report(file))
        let lines = report.lines(on: Terminal(isLive: false, hasColour: false))
        #expect(lines.contains("sha256      \(timeline.digest)"), "\(lines)")
        #expect(lines.contains { $0.hasPrefix("HOST") })
        let markdown = try report.text(as: .markdown)
        let rows = markdown.split(separator: "\n").filter { $0.hasPrefix("|") }
        let phases = timeline.hosts.reduce(0) { $0 + $1.phases.last.count }
        #expect(rows.count >= phases + timeline.hosts.count)
    }
}

/// The places of moments in the picture.
@Suite struct TimelineScaleTests {
    private func moment(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }

    private func scale(_ seconds: [Double]) -> TimelineScale { TimelineScale(seconds.map(moment)) }

    @Test func shortTimesAreInProportion() {
        let scale = scale([0, 10, 40, 100])
        for (second, place) in [(0, 0), (10, 0.1), (40, 0.4), (70, 0.7), (100, 1), (-5, 0), (200, 1)]
            as [(Double, Double)]
        {
            #expect(abs(scale.position(of: moment(second)) - place) < 1e-9, "\(second)")
        }
        #expect(scale.cuts.isEmpty)
    }

    /// Minutes of work on both sides of a night.
    @Test func aNightsWaitIsDrawnShorter() throws {
        let scale = scale([0, 60, 120, 40_000, 40_060, 40_120])
        let cut = try #require(scale.cuts.first)
        #expect(scale.cuts.count == 1 && cut.span == .seconds(39_880))
        #expect(cut.to - cut.from < 0.15)
        #expect(scale.position(of: moment(60)) > 0.2)
        #expect(abs(scale.position(of: moment(40_120)) - 1) < 1e-9)
    }

    @Test(arguments: [0.0, 0.1, 0.33, 0.5, 0.77, 1.0]) func aPlaceIsAMomentAndTheOtherWayRound(place: Double)
        throws
    {
        let scale = scale([0, 60, 120, 40_000, 40_060, 40_120])
        let moment = try #require(scale.moment(at: place))
        #expect(abs(scale.position(of: moment) - place) < 1e-6)
    }

    @Test(arguments: [[], [5]] as [[Double]]) func withoutAnyTimeEverythingIsAtTheBeginning(seconds: [Double])
    {
        let scale = scale(seconds)
        #expect(scale.position(of: moment(5)) == 0 && scale.moment(at: 0.5) == nil && scale.cuts.isEmpty)
    }
}
