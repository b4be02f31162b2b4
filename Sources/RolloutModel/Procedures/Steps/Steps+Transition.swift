/// The path of one step: what each event means in each stage, every pair written out.
extension Steps {
    public typealias Answer = StepsAnswer<Act, Proof>
    public typealias Directive = StepsDirective<Act, Proof>

    /// An act that is known to have been asked for this often without effect needs a person.
    public static var asksMax: Int { 2 }

    public func begin() -> Answer { forward(from: 0) }

    /// Takes one event and says what to do next.
    ///
    /// - Throws: `IllegalStepsEvent` where the event cannot follow, or is of another step.
    public func transition(
        from state: StepsState, on event: StepsEvent
    ) throws(IllegalStepsEvent) -> Answer {
        guard let (intent, move) = work(in: state), event.step == intent.step, event.way == intent.way else {
            throw IllegalStepsEvent(state: state, event: event)
        }
        let answer =
            switch state.stage {
            case .gating: gating(event.found, state, intent, move)
            case .acting: acting(event.found, state, intent, move)
            case .looking: looking(event.found, state, intent, move)
            case .proving: proving(event.found, state, intent, move)
            }
        guard let answer else { throw IllegalStepsEvent(state: state, event: event) }
        return answer
    }

    /// The directives on entering this state.
    func directives(in state: StepsState) -> [Directive] {
        work(in: state).map { directives(state, $0.0, $0.1) } ?? []
    }

    /// The directives in this state, after a restart or a hold.
    ///
    /// An act that was about to be asked for may not have been asked for. The record says so first.
    public func outstanding(in state: StepsState) -> [Directive] {
        guard let (intent, move) = work(in: state) else { return [] }
        return state.stage == .acting ? [.noteCut(intent)] : directives(state, intent, move)
    }

    private func gating(
        _ found: StepsEvent.Found, _ state: StepsState, _ intent: StepIntent, _ move: StepMove<Act, Proof>
    ) -> Answer? {
        switch found {
        case .gatesOpened: act(state, intent, move)
        case .gatesHeld(let reasons): hold(state, in: .gating, reasons)
        case .heard, .refused, .unheard, .cutOff, .proved, .absent, .unseen, .unproved: nil
        }
    }

    private func acting(
        _ found: StepsEvent.Found, _ state: StepsState, _ intent: StepIntent, _ move: StepMove<Act, Proof>
    ) -> Answer? {
        switch (found, move.doubt) {
        case (.heard, _):
            return enter(state, .proving, intent, move)
        case (.refused(let reasons), _):
            var state = state
            state.told -= 1
            return hold(state, in: state.told > 0 ? move.doubt.stage : .gating, reasons)
        case (.unheard(let why), .askAgain):
            return again(state, why, intent, move)
        case (.unheard, .lookFirst):
            return enter(state, .looking, intent, move)
        case (.cutOff, _):
            // An act that was only announced is none without effect. The act may have been heard all the same.
            var state = state
            state.asks -= 1
            return enter(state, move.doubt.stage, intent, move)
        // Journals from before `cutOff`: after a restart the gates were asked, or the proof was looked for.
        case (.gatesOpened, .askAgain), (.gatesHeld, .askAgain):
            return gating(found, state, intent, move)
        case (.proved, .lookFirst), (.absent, .lookFirst), (.unseen, .lookFirst):
            return looking(found, state, intent, move)
        case (.gatesOpened, .lookFirst), (.gatesHeld, .lookFirst), (.proved, .askAgain),
            (.absent, .askAgain), (.unseen, .askAgain), (.unproved, _):
            return nil
        }
    }

    private func looking(
        _ found: StepsEvent.Found, _ state: StepsState, _ intent: StepIntent, _ move: StepMove<Act, Proof>
    ) -> Answer? {
        switch found {
        case .proved: next(after: state)
        case .absent(let why): again(state, why, intent, move)
        case .unseen(let reasons): hold(state, in: .looking, reasons)
        case .gatesOpened, .gatesHeld, .heard, .refused, .unheard, .cutOff, .unproved: nil
        }
    }

    private func proving(
        _ found: StepsEvent.Found, _ state: StepsState, _ intent: StepIntent, _ move: StepMove<Act, Proof>
    ) -> Answer? {
        switch found {
        case .proved: next(after: state)
        case .unproved(let reasons): hold(state, in: move.doubt.stage, reasons)
        case .gatesOpened, .gatesHeld, .heard, .refused, .unheard, .cutOff, .absent, .unseen: nil
        }
    }

    /// The gates are open: the act is asked for.
    private func act(_ state: StepsState, _ intent: StepIntent, _ move: StepMove<Act, Proof>) -> Answer {
        var state = state
        state.asks = state.asks.adding(clamping: 1)
        state.told = state.told.adding(clamping: 1)
        return enter(state, .acting, intent, move)
    }

    /// Asks again, behind its gates, for an act that had no effect as far as is known; holds once it was asked for
    /// `asksMax` times.
    private func again(
        _ state: StepsState, _ why: String, _ intent: StepIntent, _ move: StepMove<Act, Proof>
    ) -> Answer {
        guard state.asks >= Self.asksMax else { return enter(state, .gating, intent, move) }
        var state = state
        state.stage = move.doubt.stage
        let asks = state.asks
        state.asks = 0
        return .hold(state, .ignored(intent, asks: asks, why: why))
    }

    private func hold(_ state: StepsState, in stage: StepsState.Stage, _ reasons: [HoldReason]) -> Answer {
        var state = state
        state.stage = stage
        state.asks = 0
        return .hold(state, .reasons(reasons))
    }

    func enter(
        _ state: StepsState, _ stage: StepsState.Stage, _ intent: StepIntent, _ move: StepMove<Act, Proof>
    ) -> Answer {
        var state = state
        state.stage = stage
        return .stay(state, directives(state, intent, move))
    }

    /// The directives on entering this state.
    private func directives(
        _ state: StepsState, _ intent: StepIntent, _ move: StepMove<Act, Proof>
    ) -> [Directive] {
        switch state.stage {
        case .gating: [.askGates(intent, move.before)]
        // Durable before anybody hears of it: a crash in between must find the act in the journal.
        case .acting: [.record(intent), .perform(intent, move.act)]
        case .looking: [.look(intent, move.after)]
        case .proving: [.prove(intent, move.after, within: move.deadline)]
        }
    }
}

extension StepDoubt {
    /// The stage from which an act that may have been heard is taken up again.
    var stage: StepsState.Stage {
        switch self {
        case .askAgain: .gating
        case .lookFirst: .looking
        }
    }
}
