/// How the trial of a method ended.
enum MethodOutcome: Sendable {
    case accepted
    /// The server wants another method besides, one of these.
    case furtherStep([String])
    case refused
}
