import RolloutModel
import Testing

/// The path of steps: forwards, held and gone on with, and with answers that nobody heard.
@Suite struct StepsTests {
    static let proved: [StepsEvent.Found] = [.gatesOpened, .heard, .proved]
    static let reason = HoldReason.window(.windowUnknown)

    private func run(_ events: [StepsEvent.Found] = []) throws -> StepsRun {
        var run = StepsRun(try StepSamples.three())
        _ = run.begin()
        try run.handle(events)
        return run
    }

    @Test func oneStepAfterAnother() throws {
        var run = StepsRun(try StepSamples.three())
        for name in ["power", "lamp", "pump"] {
            let intent = StepIntent(step: StepID(name), way: .forward)
            let gates = name == "power" ? run.begin() : try run.handle(.proved)
            #expect(gates == [.askGates(intent, [Seen(name: "mains", isOn: true)])])
            #expect(
                try run.handle(.gatesOpened)
                    == [.record(intent), .perform(intent, Turn(name: name, isOn: true))])
            #expect(
                try run.handle(.heard) == [
                    .prove(intent, [Seen(name: name, isOn: true)], within: .seconds(60))
                ])
        }
        #expect(try run.handle(.proved) == [])
        #expect(run.result == .done)
    }

    @Test func noStepsAreDone() throws {
        var run = StepsRun(try SampleSteps([]))
        #expect(run.begin() == [])
        #expect(run.result == .done)
    }

    /// The stages in which a person is waited for, and what is done first when they go on.
    static let holds: [([StepsEvent.Found], StepsEvent.Found, StepsState.Stage)] = [
        ([], .gatesHeld(reasons: [reason]), .gating),
        ([.gatesOpened], .refused(reasons: [reason]), .gating),
        ([.gatesOpened, .heard], .unproved(reasons: [reason]), .gating),
        (proved, .gatesHeld(reasons: [reason]), .gating),
        (proved + [.gatesOpened], .refused(reasons: [reason]), .gating),
        (proved + [.gatesOpened, .heard], .unproved(reasons: [reason]), .looking),
        (proved + [.gatesOpened, .unheard(why: "")], .unseen(reasons: [reason]), .looking),
    ]

    @Test(arguments: holds)
    func aHoldGoesOnWhereItsActStands(
        before: [StepsEvent.Found], event: StepsEvent.Found, stage: StepsState.Stage
    ) throws {
        var run = try run(before)
        #expect(try run.handle(event) == [])
        #expect(run.stop == .reasons([Self.reason]))
        #expect(run.state?.stage == stage)
        let first = try #require(try run.resume().first)
        switch (first, stage) {
        case (.askGates, .gating), (.look, .looking): break
        case (.askGates, _), (.record, _), (.perform, _), (.noteCut, _), (.look, _), (.prove, _):
            Issue.record("\(first) is not what \(stage) goes on with")
        }
    }

    /// After an answer that nobody heard: the gates and the act again, or a look first.
    @Test func anActInDoubtIsAskedAgainOrLookedFor() throws {
        var run = try run([.gatesOpened])
        let power = StepIntent(step: StepID("power"), way: .forward)
        #expect(
            try run.handle(.unheard(why: "cut")) == [.askGates(power, [Seen(name: "mains", isOn: true)])])
        try run.handle(Self.proved + [.gatesOpened])
        let lamp = StepIntent(step: StepID("lamp"), way: .forward)
        let look: [SampleSteps.Directive] = [.look(lamp, [Seen(name: "lamp", isOn: true)])]
        #expect(try run.handle(.unheard(why: "cut")) == look)
        #expect(
            try run.handle(.absent(why: "it is off")) == [.askGates(lamp, [Seen(name: "mains", isOn: true)])])
        #expect(try run.handle([.gatesOpened, .unheard(why: "cut")]) == look)
        #expect(
            try run.handle(.proved).first
                == .askGates(
                    .init(step: StepID("pump"), way: .forward),
                    [
                        Seen(name: "mains", isOn: true)
                    ]))
    }

    /// An act is not asked for again without end.
    @Test(
        arguments: [
            ([], [.gatesOpened, .unheard(why: "cut")]),
            (proved, [.gatesOpened, .unheard(why: "cut"), .absent(why: "cut")]),
        ] as [([StepsEvent.Found], [StepsEvent.Found])])
    func anActWithoutEffectNeedsAPerson(before: [StepsEvent.Found], turn: [StepsEvent.Found]) throws {
        var run = try run(before + turn)
        #expect(run.stop == nil)
        try run.handle(turn)
        let step = StepID(before.isEmpty ? "power" : "lamp")
        let intent = StepIntent(step: step, way: .forward)
        #expect(run.stop == .ignored(intent, asks: SampleSteps.asksMax, why: "cut"))
        _ = try run.resume()
        try run.handle(before.isEmpty ? turn : [.absent(why: "cut")] + turn)
        #expect(run.stop == nil)
    }

    /// Acts of a coordinator that was killed, and whether a person is needed then. `sent` is an act that is known to have
    /// been asked for, `cut` one of which nothing is known.
    static let killed: [(turns: [Fate], holds: Bool)] = [
        ([.cut, .cut], false), ([.cut, .cut, .cut, .cut], false), ([.sent, .cut], false),
        ([.cut, .sent], false), ([.cut, .sent, .cut, .cut], false), ([.sent, .sent], true),
        ([.cut, .sent, .cut, .sent], true), ([.sent, .cut, .cut, .sent], true),
    ]

    enum Fate { case sent, cut }

    @Test(arguments: killed, [StepDoubt.askAgain, .lookFirst])
    func whatWasOnlyAnnouncedIsNoActWithoutEffect(course: (turns: [Fate], holds: Bool), doubt: StepDoubt)
        throws
    {
        var run = StepsRun(try SampleSteps([StepSamples.step("lamp", doubt)]))
        _ = run.begin()
        let lamp = StepIntent(step: StepID("lamp"), way: .forward)
        for turn in course.turns {
            #expect(run.stop == nil)
            try run.handle([.gatesOpened])
            switch turn {
            case .sent: try run.handle([.unheard(why: "cut")])
            case .cut:
                #expect(try run.resume() == [.noteCut(lamp)])
                try run.handle([.cutOff])
            }
            if doubt == .lookFirst { try run.handle([.absent(why: "cut")]) }
        }
        let ignored = StepsStop.ignored(lamp, asks: SampleSteps.asksMax, why: "cut")
        #expect(run.stop == (course.holds ? ignored : nil))
    }

    /// The proof of an act may come late: it is waited for until its deadline, and once more after a person's word.
    @Test func aProofThatIsNotTrueYetHoldsAtItsDeadline() throws {
        var run = try run(Self.proved + [.gatesOpened, .heard, .unproved(reasons: [Self.reason])])
        let lamp = StepIntent(step: StepID("lamp"), way: .forward)
        #expect(try run.resume() == [.look(lamp, [Seen(name: "lamp", isOn: true)])])
        try run.handle([.proved])
        #expect(run.state?.index == 2)
    }

    /// A place to stop is one where nothing is begun.
    @Test(
        arguments: [
            ([], true), ([.gatesOpened], false), ([.gatesOpened, .refused(reasons: [])], true),
            ([.gatesOpened, .unheard(why: "")], false), ([.gatesOpened, .heard], false), (proved, true),
        ] as [([StepsEvent.Found], Bool)])
    func stopsBetweenSteps(events: [StepsEvent.Found], isBetween: Bool) throws {
        #expect(try run(events).state?.isBetweenSteps == isBetween)
    }

    static let allEvents: [StepsEvent.Found] = [
        .gatesOpened, .gatesHeld(reasons: []), .heard, .refused(reasons: []), .unheard(why: ""), .proved,
        .absent(why: ""), .unseen(reasons: []), .unproved(reasons: []), .cutOff,
    ]

    /// The indices of `allEvents` that each stage takes, of an act to ask for again and of one to look for.
    static let accepted: [([StepsEvent.Found], [Int])] = [
        ([], [0, 1]), ([.gatesOpened], [0, 1, 2, 3, 4, 9]), ([.gatesOpened, .heard], [5, 8]),
        (proved, [0, 1]), (proved + [.gatesOpened], [2, 3, 4, 5, 6, 7, 9]),
        (proved + [.gatesOpened, .unheard(why: "")], [5, 6, 7]), (proved + [.gatesOpened, .heard], [5, 8]),
    ]

    @Test(arguments: accepted)
    func whatCannotHappenIsRefused(before: [StepsEvent.Found], expected: [Int]) throws {
        let run = try run(before)
        let accepted = Self.allEvents.indices.filter { index in
            var copy = run
            return (try? copy.handle(Self.allEvents[index])) != nil
        }
        #expect(accepted == expected)
    }

    @Test func anEventOfAnotherStepIsRefused() throws {
        let steps = try StepSamples.three()
        var run = StepsRun(steps)
        _ = run.begin()
        let state = try #require(run.state)
        let others = [
            StepsEvent(step: StepID("lamp"), way: .forward, found: .gatesOpened),
            StepsEvent(step: StepID("power"), way: .back, found: .gatesOpened),
        ]
        for event in others {
            #expect(throws: IllegalStepsEvent.self) { try steps.transition(from: state, on: event) }
        }
    }
}
