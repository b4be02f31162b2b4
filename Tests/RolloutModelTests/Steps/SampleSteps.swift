import RolloutModel
import Testing

/// A switch that is turned on or off.
struct Turn: StepAct {
    var name: String
    var isOn: Bool
    var description: String { "turn \(name) \(isOn ? "on" : "off")" }
}

/// A switch that is seen to be on or off.
struct Seen: StepProof {
    var name: String
    var isOn: Bool
    var description: String { "\(name) is \(isOn ? "on" : "off")" }
}

typealias SampleSteps = Steps<Turn, Seen>

enum StepSamples {
    /// Three switches. The second one has nothing to undo.
    static func three(last: StepUndo<Turn, Seen>? = nil) throws -> SampleSteps {
        try SampleSteps([
            step("power", .askAgain), step("lamp", .lookFirst, undo: .nothing),
            step("pump", .lookFirst, undo: last),
        ])
    }

    static func step(
        _ name: String, _ doubt: StepDoubt, undo: StepUndo<Turn, Seen>? = nil
    ) -> ProcedureStep<Turn, Seen> {
        ProcedureStep(
            id: StepID(name), move: move(name, true, doubt),
            undo: undo ?? .by(move: move(name, false, doubt)))
    }

    static func move(_ name: String, _ isOn: Bool, _ doubt: StepDoubt) -> StepMove<Turn, Seen> {
        StepMove(
            before: [Seen(name: "mains", isOn: true)], act: Turn(name: name, isOn: isOn),
            after: [Seen(name: name, isOn: isOn)], deadline: .seconds(60), doubt: doubt)
    }
}

/// Steps as the frame of a rollout keeps them.
struct StepsRun {
    let steps: SampleSteps
    private(set) var state: StepsState?
    private(set) var stop: StepsStop?
    private(set) var result: StepsResult?

    init(_ steps: SampleSteps) { self.steps = steps }

    mutating func begin() -> [SampleSteps.Directive] { take(steps.begin()) }

    mutating func handle(_ found: StepsEvent.Found) throws -> [SampleSteps.Directive] {
        let state = try #require(state)
        let event = StepsEvent(step: steps.steps[state.index].id, way: state.way, found: found)
        return take(try steps.transition(from: state, on: event))
    }

    /// Feeds events that are all legal, and returns what the last one led to.
    @discardableResult
    mutating func handle(_ events: [StepsEvent.Found]) throws -> [SampleSteps.Directive] {
        var last: [SampleSteps.Directive] = []
        for event in events { last = try handle(event) }
        return last
    }

    mutating func turnBack() throws -> [SampleSteps.Directive] {
        take(try steps.turnBack(from: #require(state)))
    }

    mutating func resume() throws -> [SampleSteps.Directive] {
        stop = nil
        return steps.outstanding(in: try #require(state))
    }

    private mutating func take(_ answer: SampleSteps.Answer) -> [SampleSteps.Directive] {
        switch answer {
        case .stay(let state, let directives):
            (self.state, stop) = (state, nil)
            return directives
        case .hold(let state, let stop):
            (self.state, self.stop) = (state, stop)
            return []
        case .done(let result):
            (state, stop, self.result) = (nil, nil, result)
            return []
        }
    }
}
