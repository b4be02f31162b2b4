/// The way on after an act of which nobody knows whether it was heard: the answer was lost, or the coordinator was.
public enum StepDoubt: String, Codable, Hashable, Sendable, CaseIterable {
    /// The gates are asked again, and then the act. Only for an act that does no harm when it is repeated, and whose gates
    /// are open after it as well as before it.
    case askAgain
    /// The proof is looked for first. The act is asked for again only if its proof is seen to be absent.
    case lookFirst
}
