/// The origin of a wish that a rollout stops before its next host.
public enum HoldAsker: Codable, Hashable, Sendable {
    /// ^C at the terminal of the turnstile that drove it.
    case keyboard
    /// The terminal was closed, or its connection was lost: no person may have meant the rollout.
    case closedTerminal
    /// The process was told to end (SIGTERM), as by `kill`, or when its machine shuts down.
    case termination
    /// `turnstile hold`, by this person: `user@machine`.
    case command(by: String)

    /// The origin as a sentence without its full stop.
    public var says: String {
        switch self {
        case .keyboard: "a hold was asked for by ^C where it was driven"
        case .closedTerminal: "the terminal where it was driven was closed"
        case .termination: "the turnstile that drove it was told to end (SIGTERM)"
        case .command(let by): "\(ForeignText.line(by, charactersMax: Self.nameMax)) asked to hold"
        }
    }

    /// The person, where it was one who may not be the one who drove the rollout.
    public var person: String? {
        guard case .command(let by) = self else { return nil }
        return ForeignText.line(by, charactersMax: Self.nameMax)
    }

    private static let nameMax = 200
}
