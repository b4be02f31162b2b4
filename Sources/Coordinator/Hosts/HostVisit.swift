import RolloutModel
import Rollouts

/// The outcome of one command on a session of its own: opened, used and closed within the command's deadline.
public struct HostVisit: Sendable {
    public var outcome: Result<HostCommandResult, HostFault>
    /// Why the first try to connect failed, where there was a second.
    public var retriedAfter: String?
    /// The fingerprint of the key that the host was known by, as OpenSSH prints it; nil where no session came about.
    public var hostKey: String?

    public init(
        _ outcome: Result<HostCommandResult, HostFault>, retriedAfter: String? = nil, hostKey: String? = nil
    ) {
        self.outcome = outcome
        self.retriedAfter = retriedAfter
        self.hostKey = hostKey
    }
}

extension HostShell {
    /// Pays a host a visit.
    ///
    /// - `onSilence` is called, at most once, when the host is waited for while nothing of it is heard: whoever counts
    ///   those at work need not count it.
    public typealias Visit =
        @Sendable (HostID, HostCommand, _ onSilence: @escaping @Sendable () -> Void) async -> HostVisit

    /// For shells that know only lasting sessions.
    static func visit(
        run: @escaping @Sendable (HostID, HostCommand) async throws(HostFault) -> HostCommandResult,
        disconnect: @escaping @Sendable (HostID) async -> Void
    ) -> Visit {
        { host, command, _ in
            let outcome: Result<HostCommandResult, HostFault>
            do throws(HostFault) {
                outcome = .success(try await run(host, command))
            } catch {
                outcome = .failure(error)
            }
            await disconnect(host)
            return HostVisit(outcome)
        }
    }
}
