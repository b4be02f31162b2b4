/// Something the host would not do: a command or a file.
public enum HostFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The command could not be started, or not be listened to.
    case commandUnavailable(HostCommand, reason: String)
    case commandTooSlow(HostCommand)
    case commandFailed(HostCommand, CommandOutcome)
    case fileFailed(operation: FileOperation, path: String, reason: String)
    case lockHeld(path: String, waited: Duration)
    /// The host answered, and the answer makes no sense.
    case notUnderstood(subject: String, reason: String)

    public enum FileOperation: String, Sendable {
        case read, write, remove
        case makeDirectory = "make directory"
        case lock
    }

    public var description: String {
        switch self {
        case .commandUnavailable(let command, let reason): "cannot run \"\(command)\": \(reason)"
        case .commandTooSlow(let command):
            "\"\(command)\" did not end within \(command.allowed.components.seconds) s"
        case .commandFailed(let command, let outcome):
            "\"\(command)\" failed (\(outcome.ending)): \(outcome.complaint)"
        case .fileFailed(let operation, let path, let reason):
            "cannot \(operation.rawValue) \"\(path)\": \(reason)"
        case .lockHeld(let path, let waited):
            "another turnstile-agent held \"\(path)\" for all of \(waited.components.seconds) s"
        case .notUnderstood(let subject, let reason): "cannot make sense of \(subject): \(reason)"
        }
    }
}
