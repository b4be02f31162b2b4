/// The state of a sequence of steps. There is room for one step at work.
public struct StepsState: Codable, Hashable, Sendable {
    /// The place of the step at work among the steps.
    public let index: Int
    public let way: StepWay
    public internal(set) var stage: Stage
    /// Times that the act was asked for since a person looked.
    public internal(set) var asks: Int
    /// Times that the act was asked for in all, and may have been heard.
    public internal(set) var told: Int

    public enum Stage: String, Codable, Hashable, Sendable {
        /// The gates are asked.
        case gating
        /// The intent is journalled, and the act is asked for. The act may or may not have been heard.
        case acting
        /// The act may or may not have been heard, and its proof is looked for.
        case looking
        /// The act was heard, and its proof is waited for.
        case proving
    }

    init(index: Int, way: StepWay) {
        self.index = index
        self.way = way
        self.stage = .gating
        self.asks = 0
        self.told = 0
    }

    /// True if nothing was done yet for the step at work. The step before it is proved.
    public var isBetweenSteps: Bool { stage == .gating && told == 0 }
}

/// The direction in which steps are taken.
public enum StepWay: String, Codable, Hashable, Sendable {
    case forward
    /// The steps are undone, the last one first.
    case back
}
