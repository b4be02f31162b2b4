/// An act between the state that it needs and the state that it leads to.
public struct StepMove<Act: StepAct, Proof: StepProof>: Codable, Hashable, Sendable {
    /// The gates: all of it is seen before the act is asked for. May be empty.
    public var before: [Proof]
    public var act: Act
    /// The proof: all of it is seen before the next step begins. Never empty, as no answer to an act proves it.
    public var after: [Proof]
    /// The deadline of the proof, from the moment that the act was heard.
    public var deadline: Duration
    public var doubt: StepDoubt
    /// True if the parts that were taken away before the move must not stay away. A person's wish to stop
    /// is met later.
    public var isUrgent: Bool

    /// The names in a journal.
    private enum CodingKeys: String, CodingKey {
        case before, act, after
        case deadline = "seconds"
        case doubt, isUrgent
    }

    public init(
        before: [Proof] = [], act: Act, after: [Proof], deadline: Duration, doubt: StepDoubt,
        isUrgent: Bool = false
    ) {
        self.before = before
        self.act = act
        self.after = after
        self.deadline = deadline
        self.doubt = doubt
        self.isUrgent = isUrgent
    }

    /// The longest deadline of a proof: a day.
    public static var deadlineMax: Duration { .seconds(86_400) }
}
