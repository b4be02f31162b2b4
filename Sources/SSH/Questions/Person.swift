/// The person who answers what only a person knows.
public enum Person: Sendable {
    /// Nil is an answer, too: the person declines.
    public typealias Ask = @Sendable (LoginQuestion) async -> String?

    case there(Ask)
    /// No person can answer. Messages name the cause, as in `there is no terminal`, and the remedy.
    case absent(why: String, remedy: String? = nil)
}
