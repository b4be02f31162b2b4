import Foundation
import RolloutJournal
import RolloutModel
import Rollouts
import SampleReports
import SampleValues
import Testing

@testable import Reports

/// The command that takes a platform's upgrade back stands below the one that goes on with it.
@Suite struct PlatformWayBackTextTests {
    private static let line = "Or go back with: turnstile abandon r-1"

    private static func upgrade() throws -> PlatformPlan {
        let machine = MachineID("m1")
        let units = [PlatformUnit(.database), PlatformUnit(.router, 1)]
        let baseline = PlatformBaseline(
            version: PlatformVersion(1, 13, 3), domain: "example.org",
            placements: units.map { .init(unit: $0, machines: [machine]) }, applications: [],
            machines: [PlatformMachine(id: machine, address: "10.0.0.11")])
        return try PlatformPlan(
            PlatformWish(way: .inPlace, version: PlatformVersion(1, 13, 4)), baseline, isBackedUp: true)
    }

    private static func lines(
        _ events: [RolloutMachine.Event], isDriven: Bool = false, isOfPlatform: Bool = true
    ) async throws -> [String] {
        try await summary(events, isDriven: isDriven, isOfPlatform: isOfPlatform)
            .lines(on: PresentationTests.plain)
    }

    /// The status of a journal with these events.
    private static func summary(
        _ events: [RolloutMachine.Event], isDriven: Bool = false, isOfPlatform: Bool = true
    ) async throws -> RolloutSummary {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).jsonl").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var plan = RolloutSummaryTests.plan
        if isOfPlatform { plan.platform = try upgrade() }
        let journal = try await Journal(beginning: plan, configuration: "", path: path)
        for event in events { try await journal.append(.event(event)) }
        let attendance = RolloutAttendance(isDriven ? .driving : .none, isAskedToHold: false)
        return RolloutSummary(journal.record, path: path, attendance: attendance, invocation: Invocation())
    }

    private static func step(_ id: StepID, _ found: StepsEvent.Found) -> RolloutMachine.Event {
        .step(id: id, way: .forward, found: found)
    }

    private static func done(_ step: PlatformStep) -> [RolloutMachine.Event] {
        [Self.step(step.id, .gatesOpened), Self.step(step.id, .heard), Self.step(step.id, .proved)]
    }

    @Test func anUpgradeThatWaitsSaysTheWayBackUntilThereIsNone() async throws {
        let upgrade = try Self.upgrade()
        #expect(try await Self.lines([]).last == Self.line)
        let point = try #require(upgrade.pointOfNoReturn)
        let before: [RolloutMachine.Event] =
            [.began] + upgrade.steps.steps.prefix { $0.id != point }.flatMap(Self.done)
        #expect(try await Self.lines(before).last == Self.line)
        let held = before + [Self.step(point, .gatesHeld(reasons: [.platform(.loneRouter(routers: 1))]))]
        #expect(try await Self.lines(held).last == Self.line)
        let asked = before + [Self.step(point, .gatesOpened)]
        #expect(try await Self.lines(asked).last == "Go on with: turnstile resume r-1")
    }

    /// A way back is not offered to whoever goes back already.
    @Test func onTheWayBackOneCommandGoesOn() async throws {
        let steps = try Self.upgrade().steps.steps
        let events: [RolloutMachine.Event] =
            [.began] + steps.prefix(2).flatMap(Self.done) + [.abandonRequested]
        let lines = try await Self.lines(events)
        #expect(lines.last == "Go on with: turnstile resume r-1")
        #expect(lines.contains { $0.contains("going back: undo \(steps[1].id)") }, "\(lines)")
    }

    /// Units that the steps behind the point would have started may be stopped: routers among them.
    @Test func givenUpBehindThePointItSaysWhatIsLeft() async throws {
        let upgrade = try Self.upgrade()
        let point = try #require(upgrade.steps.steps.firstIndex { $0.undo == .impossible })
        let rest = upgrade.steps.steps[(point + 1)...]
        let summary = try await Self.summary(
            [.began] + upgrade.steps.steps[...point].flatMap(Self.done) + [.abandonRequested])
        let lines = summary.lines(on: PresentationTests.plain)
        let document = try JSONText.document(summary)
        #expect(try JSONSchema("rollout").objections(to: document) == [], "\(document)")
        #expect(
            lines.contains { $0.contains("'turnstile platform audit' tells what does not run") }, "\(lines)")
        #expect(lines.filter { $0.hasPrefix("  - ") } == rest.map { "  - \($0.move.act)" })
        #expect(rest.contains { "\($0.move.act)".hasPrefix("start router@1") })

        let question = Question.undoPlatform(
            RolloutID("r-1"), leftAfter: upgrade.steps.steps[point].id, undone: Array(rest))
        let asked = await QuestionText.lines(
            question, makesBackup: true, on: PresentationTests.plain, forecasts: { _ in [] })
        #expect(asked.filter { $0.hasPrefix("  - ") } == rest.map { "  - \($0.move.act)" })
        #expect(asked.last == "To have them done instead: turnstile resume r-1")
    }

    @Test func theStepAtWorkIsNamed() async throws {
        let steps = try Self.upgrade().steps.steps
        let lines = try await Self.lines([.began] + steps.prefix(2).flatMap(Self.done), isDriven: true)
        #expect(
            lines.contains("2 of \(steps.count) steps are done; '\(steps[2].id)' is next."), "\(lines)")
    }

    /// No host is touched, and none is listed.
    @Test func stepsAreCountedAndNoHosts() async throws {
        let steps = try Self.upgrade().steps.steps
        let lines = try await Self.lines([.began] + steps.prefix(2).flatMap(Self.done), isDriven: true)
        #expect(!lines.contains { $0.contains("not touched") || $0.contains("HOST") }, "\(lines)")
    }

    @Test func noOtherRolloutDoes() async throws {
        #expect(try await !Self.lines([.began], isDriven: true).contains(Self.line))
        #expect(try await !Self.lines([.began], isOfPlatform: false).contains(Self.line))
    }
}
