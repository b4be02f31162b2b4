import RolloutJournal
import RolloutModel
import SampleValues
import Testing

@testable import Reports

/// The time that is left, by the phases that were measured.
@Suite struct TurnTimesTests {
    typealias Kind = RolloutTimeline.Phase.Kind

    static let turn = RolloutMachine.Event.upgrade(from: "1.0.0", to: "2.0.0")
    static let kinds: [Kind] = [.gates, .staging, .staged, .away, .proving, .committing, .settling]

    /// A rollout that is played an event at a time, each after so many seconds.
    struct Run {
        var times: TurnTimes
        var machine: RolloutMachine
        var now = 0.0

        init(_ count: Int, earlier: [PhaseTime] = [], _ change: (inout Plan) -> Void = { _ in }) {
            var plan = RolloutBoardTests.plan(count)
            change(&plan)
            machine = RolloutMachine(plan: plan)
            times = TurnTimes(earlier: earlier)
        }

        mutating func play(_ events: [RolloutMachine.Event], every seconds: Double = 10) throws {
            for event in events {
                now += seconds
                _ = try machine.handle(event)
                times.enter(machine, at: Moment(.seconds(now)))
            }
        }

        func left(after seconds: Double) -> Duration? {
            times.left(machine, at: Moment(.seconds(now + seconds)))
        }
    }

    static func earlier(_ seconds: Double) -> [PhaseTime] {
        kinds.map { PhaseTime($0, took: .seconds(seconds)) }
    }

    @Test func itIsTheSumOfThePhasesThatAreToCome() throws {
        var run = Run(4)
        try run.play([.began])
        #expect(run.left(after: 0) == nil, "nothing was measured")
        try run.play(Self.turn.dropLast())
        #expect(run.left(after: 0) == nil, "no host has settled yet")
        try run.play([Self.turn[6]])
        #expect(run.left(after: 0) == .seconds(210))
        #expect(run.left(after: 4) == .seconds(206))
        #expect(run.left(after: 500) == .seconds(200), "a late phase ends now")
        try run.play(Self.turn.prefix(3).map(\.self))
        #expect(run.left(after: 0) == .seconds(180), "the second host reboots")
        try run.play(Self.turn.dropFirst(3) + Self.turn + Self.turn)
        #expect(run.left(after: 1) == .zero)
    }

    /// A phase of this run counts before those of earlier ones, and from its first host on.
    @Test func ownPhasesCountBeforeEarlierOnes() throws {
        var run = Run(2, earlier: Self.earlier(100))
        try run.play([.began])
        #expect(run.left(after: 0) == .seconds(1400))
        try run.play([Self.turn[0], Self.turn[1]])
        // Gates and staging took 10 s each: the second host has these, and both have the five that are to come.
        #expect(run.left(after: 0) == .seconds(500 + 520))
    }

    @Test func theMiddleOneCounts() throws {
        let run = Run(1, earlier: Self.earlier(1) + Self.earlier(2) + Self.earlier(1000))
        #expect(run.left(after: 0) == .seconds(14))
    }

    @Test func aHostThatIsOfferedNothingIsNoMeasureOfWhatItWasSpared() throws {
        let old = Version("1.0.0")
        var run = Run(3)
        try run.play([.began, .gatesOpened(running: old), .nothingOffered(running: old)], every: 500)
        try run.play(Self.turn)
        // Gates took 500 s and 10 s; staging 10 s alone.
        #expect(run.left(after: 0) == .seconds(500 + 60))
    }

    /// Of three hosts the second one runs the target already.
    @Test func aHostThatIsThereAlreadyTakesNoTime() throws {
        var run = Run(3) { plan in
            plan.target = .pinned(version: Version("2.0.0"))
            plan.hosts[1].version = Version("2.0.0")
        }
        try run.play([.began] + Self.turn)
        #expect(run.left(after: 5) == .seconds(70), "one is open, and it has not begun")
    }

    @Test func whatAPersonOrAnotherProcessWasInIsNotMeasured() throws {
        var held = Run(2)
        try held.play([.began])
        try held.play([.gatesHeld(reasons: [.window(.windowUnknown)])], every: 9000)
        try held.play([.resumed(retryReverted: false)], every: 9000)
        try held.play(Self.turn)
        #expect(held.left(after: 0) == .seconds(70))
        // A process that takes the rollout up while a host is away saw no beginning of that.
        var resumed = Run(2)
        for event in [.began] + Self.turn.prefix(3) { _ = try resumed.machine.handle(event) }
        resumed.times.enter(resumed.machine, at: 0)
        try resumed.play(Self.turn.dropFirst(3).map(\.self))
        #expect(resumed.left(after: 0) == nil)
    }

    @Test func aStopEndsIt() throws {
        var run = Run(5, earlier: Self.earlier(10)) { $0.stopAfter = 2 }
        try run.play([.began])
        #expect(run.left(after: 0) == .seconds(140))
        try run.play(Self.turn)
        #expect(run.left(after: 0) == .seconds(70))
    }

    /// No phase of a way back was measured.
    @Test func ofAWayBackNothingIsSaid() {
        let run = Run(2, earlier: Self.earlier(10)) { $0.purpose = .abandon }
        #expect(run.left(after: 0) == nil)
    }
}
