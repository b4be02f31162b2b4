/// The person who answers what only a person knows.
public enum Person: Sendable {
    /// Nil is an answer, too: the person declines.
    public typealias Ask = @Sendable (LoginQuestion) async -> String?

    case there(Ask)
    /// Nobody is there to answer. The cause goes into messages, as in `there is no terminal`, and what to do about it.
    case absent(why: String, remedy: String? = nil)
}
