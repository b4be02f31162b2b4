import RolloutModel

/// The one effect the coordinator has on hosts: running a command there.
public struct HostShell: Sendable {
    /// Runs a command to its end.
    public var run: @Sendable (HostID, HostCommand) async throws(HostFault) -> HostCommandResult
    /// Runs a command, handing each line of its standard output over as it comes, without its newline.
    public var converse:
        @Sendable (HostID, HostCommand, _ onLine: @escaping @Sendable ([UInt8]) async -> Void)
            async throws(HostFault) -> HostCommandResult
    /// Forgets the session with a host, so that the next command opens a new one.
    public var disconnect: @Sendable (HostID) async -> Void

    public init(
        run: @escaping @Sendable (HostID, HostCommand) async throws(HostFault) -> HostCommandResult,
        converse:
            @escaping @Sendable (HostID, HostCommand, _ onLine: @escaping @Sendable ([UInt8]) async -> Void)
            async throws(HostFault) -> HostCommandResult,
        disconnect: @escaping @Sendable (HostID) async -> Void
    ) {
        self.run = run
        self.converse = converse
        self.disconnect = disconnect
    }
}
