/// The outcome of a connection for one command.
public struct VisitResult: Hashable, Sendable {
    public var command: CommandResult
    /// Of the key that the host was known by.
    public var hostKey: HostKeyPrint
}
