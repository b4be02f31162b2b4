import RolloutModel
import Testing

/// A runbook's record as a value: what may follow what, and what is to be done next.
@Suite struct RunbookStateTests {
    typealias Sample = RunbookSample

    private static let runbook = Runbook(stages: [
        Sample.hosts("hosts", to: "1068.8.0"), Sample.platform("platform", to: PlatformVersion(1, 13, 4)),
    ])
    private static let (first, second) = (RolloutID("r-1"), RolloutID("r-2-platform"))
    private static let began = RunbookEvent.began(stage: 1, rollout: first)
    private static let ended = RunbookEvent.ended(stage: 1, rollout: first, head: Sample.head)

    private static func state(after events: [RunbookEvent]) throws -> RunbookState {
        var state = try #require(
            RunbookState(first: .opened(format: 1, name: "spring", runbook: runbook)))
        for event in events {
            let isTaken = state.apply(event)
            #expect(isTaken, "\(event)")
        }
        return state
    }

    struct Row: Sendable {
        var events: [RunbookEvent]
        var sight: StageSight
        var step: RunbookStep
    }

    static let steps: [Row] = [
        Row(events: [], sight: .unbegun, step: .begin(0)),
        // Killed after the record named the rollout, and before there was a journal.
        Row(events: [began], sight: .unbegun, step: .begin(0)),
        Row(events: [began], sight: .underWay, step: .goOn(0, first)),
        // Killed after the rollout had ended, and before it let the cluster go.
        Row(events: [began], sight: .ended(.whole, isReleased: false), step: .goOn(0, first)),
        Row(events: [began], sight: .ended(.undone, isReleased: false), step: .goOn(0, first)),
        // Killed after the rollout had ended, and before the record had that.
        Row(events: [began], sight: .ended(.whole, isReleased: true), step: .note(0, first)),
        Row(events: [began], sight: .ended(.undone, isReleased: true), step: .begin(0)),
        Row(events: [began], sight: .ended(.without([HostID("a")]), isReleased: true), step: .begin(0)),
        Row(events: [began], sight: .ended(.nothingOffered, isReleased: true), step: .begin(0)),
        Row(events: [began, ended], sight: .unbegun, step: .begin(1)),
        Row(
            events: [began, ended, .began(stage: 2, rollout: second)], sight: .underWay,
            step: .goOn(1, second)),
        Row(
            events: [
                began, ended, .began(stage: 2, rollout: second),
                .ended(stage: 2, rollout: second, head: Sample.head),
            ], sight: .unbegun, step: .done),
        Row(events: [began, ended, .begunAnew(runbook)], sight: .unbegun, step: .begin(0)),
    ]

    @Test(arguments: steps) func whatIsNextFollowsFromRecordAndJournal(row: Row) throws {
        let step = try Self.state(after: row.events).next(seeing: row.sight)
        #expect(step == row.step)
    }

    static let illegal: [(events: [RunbookEvent], event: RunbookEvent)] = [
        ([], .opened(format: 1, name: "spring", runbook: runbook)),
        ([], ended),
        ([], .began(stage: 2, rollout: second)),
        ([], .began(stage: 0, rollout: second)),
        ([began], .ended(stage: 1, rollout: second, head: Sample.head)),
        ([began], .ended(stage: 1, rollout: first, head: JournalHead(entry: 0, sha256: "x"))),
        ([began, ended], ended),
        ([began, ended], began),
        ([began, ended], .changed(Runbook(stages: [Sample.hosts("hosts", to: "899.17.0")]))),
        ([began, ended], .changed(Runbook(stages: []))),
        ([], .passed(.stageUnderWay("hosts", first), why: "so")),
    ]

    @Test(arguments: illegal) func whatCannotFollowChangesNothing(events: [RunbookEvent], event: RunbookEvent)
        throws
    {
        var state = try Self.state(after: events)
        let before = state
        let isTaken = state.apply(event)
        #expect(!isTaken && state == before)
    }

    @Test func aRecordBeginsWithItsOpening() {
        #expect(RunbookState(first: Self.began) == nil)
    }

    /// The stage that a rollout is, also of one that was begun anew since.
    @Test func aRolloutKnowsItsStage() throws {
        let state = try Self.state(after: [Self.began, .began(stage: 1, rollout: RolloutID("r-3"))])
        let place = RunbookPlace(runbook: "spring", stage: "hosts", number: 1, count: 2)
        #expect(state.places == [Self.first: place, RolloutID("r-3"): place])
        #expect(state.currentRollout == RolloutID("r-3"))
    }

    // MARK: A file that was changed

    private static let longer = Runbook(
        stages: runbook.stages + [Sample.hosts("later", to: "1068.8.0")])
    private static let otherFirst = Runbook(
        stages: [Sample.hosts("hosts", to: "899.17.0")] + runbook.stages.dropFirst())
    private static let otherSecond = Runbook(
        stages: [runbook.stages[0], Sample.platform("platform", to: PlatformVersion(1, 13, 3))])

    struct Change: Sendable {
        var events: [RunbookEvent]
        var sight: StageSight
        var runbook: Runbook
        var anew = false
        var holds: [RunbookHold] = []
        var ended = 0
    }

    static let changes: [Change] = [
        Change(events: [], sight: .unbegun, runbook: otherFirst),
        Change(events: [began], sight: .unbegun, runbook: otherFirst),
        Change(events: [began], sight: .ended(.undone, isReleased: true), runbook: otherFirst),
        Change(
            events: [began], sight: .underWay, runbook: otherFirst,
            holds: [.stageChanged("hosts", hasEnded: false)]),
        Change(
            events: [began], sight: .ended(.whole, isReleased: true), runbook: otherFirst,
            holds: [.stageChanged("hosts", hasEnded: false)]),
        Change(events: [began], sight: .underWay, runbook: otherSecond),
        Change(
            events: [began, ended], sight: .unbegun, runbook: otherFirst,
            holds: [.stageChanged("hosts", hasEnded: true)], ended: 1),
        Change(events: [began, ended], sight: .unbegun, runbook: otherSecond, ended: 1),
        Change(events: [began, ended], sight: .unbegun, runbook: longer, ended: 1),
        Change(
            events: [began, ended], sight: .unbegun, runbook: Runbook(stages: []),
            holds: [.stageChanged("hosts", hasEnded: true)], ended: 1),
        Change(events: [began, ended], sight: .unbegun, runbook: otherFirst, anew: true),
        Change(
            events: [began], sight: .underWay, runbook: otherFirst, anew: true,
            holds: [.stageUnderWay("hosts", first)]),
    ]

    /// A stage that has ended, or whose rollout is under way, stays as it is. All others may be changed.
    @Test(arguments: changes) func onlyStagesToComeAreChanged(change: Change) throws {
        let kept = try Self.state(after: change.events)
        let draft = RunbookDraft(
            "spring", change.runbook, over: kept, seeing: change.sight, anew: change.anew, configured: [])
        #expect(draft.holds == change.holds)
        #expect(draft.state.endedCount == change.ended)
        #expect(draft.state.runbook == (change.holds.isEmpty ? change.runbook : kept.runbook))
        var state = kept
        for event in draft.events {
            let isTaken = state.apply(event)
            #expect(isTaken)
        }
        #expect(state == draft.state)
    }

    /// A hold that was passed over once holds no more, and another one does.
    @Test func aWordIsForWhatWasSeen() throws {
        func hold(_ to: String) -> RunbookHold {
            .otherCoreOS(
                stage: "hosts", to: Version(to), platform: "platform", version: PlatformVersion(1, 13, 4))
        }
        let kept = try Self.state(after: [.changed(Self.otherFirst), .passed(hold("899.17.0"), why: "tried")])
        func holds(_ runbook: Runbook) -> [RunbookHold] {
            RunbookDraft(
                "spring", runbook, over: kept, seeing: .unbegun, anew: false, configured: Sample.hosts
            ).holds
        }
        #expect(holds(Self.otherFirst) == [])
        let third = Runbook(stages: [Sample.hosts("hosts", to: "766.5.0"), Self.runbook.stages[1]])
        #expect(holds(third) == [hold("766.5.0")])
    }
}
