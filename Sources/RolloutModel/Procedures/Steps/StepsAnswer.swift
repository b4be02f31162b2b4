/// The answer of a sequence of steps to an event.
public enum StepsAnswer<Act: StepAct, Proof: StepProof>: Hashable, Sendable {
    /// The directives are to be carried out in this order.
    case stay(StepsState, [StepsDirective<Act, Proof>])
    /// A person is waited for. The steps go on from this state, by what is `outstanding` in it.
    case hold(StepsState, StepsStop)
    case done(StepsResult)
}

/// A directive that steps return. `record` is durable before what follows it begins.
public enum StepsDirective<Act: StepAct, Proof: StepProof>: Hashable, Sendable {
    /// Find out whether all of this is so. Answered by `gatesOpened` or `gatesHeld`.
    case askGates(StepIntent, [Proof])
    case record(StepIntent)
    /// Answered by `heard`, `refused` or `unheard`.
    case perform(StepIntent, Act)
    /// Note that the coordinator ended between the act's intent and the record of its answer. Answered by `cutOff`.
    case noteCut(StepIntent)
    /// Look once whether the act has had its effect. Answered by `proved`, `absent` or `unseen`.
    case look(StepIntent, [Proof])
    /// Wait for the proof until the deadline. Answered by `proved` or `unproved`.
    case prove(StepIntent, [Proof], within: Duration)
}

/// The step that is about to be taken or undone.
public struct StepIntent: Codable, Hashable, Sendable {
    public var step: StepID
    public var way: StepWay

    public init(step: StepID, way: StepWay) {
        self.step = step
        self.way = way
    }
}

/// Why steps stop for a person.
public enum StepsStop: Hashable, Sendable {
    case reasons([HoldReason])
    /// The act was asked for as often as it may be, and is seen to have had no effect, or was never known to be heard.
    case ignored(StepIntent, asks: Int, why: String)
}

/// The end of a sequence of steps.
public enum StepsResult: Codable, Hashable, Sendable {
    /// Every step was proved.
    case done
    /// The steps were undone, from the last one that was begun down to this point of no return, or to the first step
    /// where that is nil.
    case undone(downTo: StepID?)
}
