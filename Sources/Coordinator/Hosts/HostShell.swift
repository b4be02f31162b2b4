import RolloutModel
import Rollouts

/// The one effect the coordinator has on hosts: running a command there.
public struct HostShell: Sendable {
    /// Runs a command to its end.
    public var run: @Sendable (HostID, HostCommand) async throws(HostFault) -> HostCommandResult
    /// Runs a command, handing each line of its standard output over as it comes, without its newline.
    public var converse:
        @Sendable (HostID, HostCommand, _ onLine: @escaping @Sendable ([UInt8]) async -> Void)
            async throws(HostFault) -> HostCommandResult
    /// Puts a file in place in one step, as the login user, mode 0600.
    public var upload: @Sendable (HostID, [UInt8], _ path: String, Duration) async throws(HostFault) -> Void
    /// Forgets the session with a host, so that the next command opens a new one.
    public var disconnect: @Sendable (HostID) async -> Void
    /// Runs a command on a session of its own. The command's deadline is that of the whole.
    public var visit: Visit

    public init(
        run: @escaping @Sendable (HostID, HostCommand) async throws(HostFault) -> HostCommandResult,
        converse:
            @escaping @Sendable (HostID, HostCommand, _ onLine: @escaping @Sendable ([UInt8]) async -> Void)
            async throws(HostFault) -> HostCommandResult,
        upload:
            @escaping @Sendable (HostID, [UInt8], _ path: String, Duration) async throws(HostFault) -> Void =
            HostShell.noUpload,
        disconnect: @escaping @Sendable (HostID) async -> Void,
        visit: Visit? = nil
    ) {
        self.run = run
        self.converse = converse
        self.upload = upload
        self.disconnect = disconnect
        self.visit = visit ?? Self.visit(run: run, disconnect: disconnect)
    }

    /// For shells that only run commands.
    public static let noUpload:
        @Sendable (HostID, [UInt8], _ path: String, Duration) async throws(HostFault) -> Void = {
            host, _, path, _ throws(HostFault) in
            throw HostFault(host: host, kind: .commandFailed, why: "nothing can be uploaded to '\(path)'")
        }
}
