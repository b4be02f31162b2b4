/// An observation about the step at work.
public struct StepsEvent: Codable, Hashable, Sendable {
    /// The step at work, and the direction. An event of another step is refused.
    public var step: StepID
    public var way: StepWay
    public var found: Found

    public init(step: StepID, way: StepWay, found: Found) {
        self.step = step
        self.way = way
        self.found = found
    }

    public enum Found: Codable, Hashable, Sendable {
        case gatesOpened
        /// The gates stayed shut until their deadline.
        case gatesHeld(reasons: [HoldReason])
        /// The act was taken, which proves nothing.
        case heard
        /// The act was refused before it had any effect.
        case refused(reasons: [HoldReason])
        /// The act may or may not have been heard.
        case unheard(why: String)
        /// The coordinator ended before it recorded the answer to the act. The act may not even have been asked for.
        case cutOff
        /// All of the proof was seen.
        case proved
        /// The proof was looked for once. Some of it is seen to be absent, and the act is seen not to be under way.
        case absent(why: String)
        /// The proof was looked for once, and neither it nor its absence could be seen.
        case unseen(reasons: [HoldReason])
        /// The proof was not seen until the deadline.
        case unproved(reasons: [HoldReason])
    }
}

/// An event that cannot happen in this state: a defect of the driver, or a damaged journal.
public struct IllegalStepsEvent: Error, Hashable, Sendable, CustomStringConvertible {
    public var state: StepsState
    /// nil where the steps were to be undone.
    public var event: StepsEvent?

    public var description: String {
        guard let event else { return "steps cannot be undone from state \(state)" }
        return "event \(event) cannot follow state \(state)"
    }
}
