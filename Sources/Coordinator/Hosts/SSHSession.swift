import Driving
import Logging
import RolloutModel
import SSH

/// How one host is reached and logged in to.
public struct SSHRoute: Sendable {
    public var target: SSHTarget
    public var credentials: SSHCredentials
    public var knownHosts: KnownHosts
    public var timeouts: SSHTimeouts

    public init(
        target: SSHTarget, credentials: SSHCredentials, knownHosts: KnownHosts, timeouts: SSHTimeouts
    ) {
        self.target = target
        self.credentials = credentials
        self.knownHosts = knownHosts
        self.timeouts = timeouts
    }
}

/// The one SSH session with a host: opened when first needed, kept, and opened anew after it was lost.
actor SSHSession {
    private let route: SSHRoute
    private let logger: Logger
    private var state = State.closed

    private enum State {
        case closed
        /// Who else waits for it.
        case opening([CheckedContinuation<Result<SSHConnection, SSHError>, Never>])
        case open(SSHConnection)
    }

    init(route: SSHRoute, logger: Logger) {
        self.route = route
        self.logger = logger
    }

    /// Runs `body` on the session. One that fails is forgotten: whatever was said on it may have been heard or not.
    func attempt<Value: Sendable>(
        _ host: HostID, _ body: @Sendable (SSHConnection) async throws(SSHError) -> Value
    ) async throws(HostFault) -> Value {
        let connection: SSHConnection
        do throws(SSHError) {
            connection = try await self.connection().get()
        } catch {
            throw HostFault(host: host, kind: .unreachable, why: "\(error)")
        }
        do throws(SSHError) {
            return try await body(connection)
        } catch {
            await drop(connection)
            if case .outputLimitPassed = error.reason {
                throw HostFault(host: host, kind: .answerUnreadable, why: "\(error)")
            }
            throw HostFault(host: host, kind: .interrupted, why: "\(error)")
        }
    }

    func disconnect() async {
        guard case .open(let connection) = state else { return }
        await drop(connection)
    }

    /// The session, opened once however many ask for it at the same time.
    private func connection() async -> Result<SSHConnection, SSHError> {
        switch state {
        case .open(let connection):
            return .success(connection)
        case .opening(let waiting):
            return await withCheckedContinuation { state = .opening(waiting + [$0]) }
        case .closed:
            state = .opening([])
            let outcome = await open()
            guard case .opening(let waiting) = state else { return outcome }
            state = (try? outcome.get()).map(State.open) ?? .closed
            for continuation in waiting { continuation.resume(returning: outcome) }
            return outcome
        }
    }

    /// Forgets a session, unless another one has taken its place.
    private func drop(_ failed: SSHConnection) async {
        guard case .open(let connection) = state, connection === failed else { return }
        state = .closed
        await failed.close()
    }

    private func open() async -> Result<SSHConnection, SSHError> {
        do throws(SSHError) {
            return .success(
                try await SSHConnection.open(
                    route.target, credentials: route.credentials, knownHosts: route.knownHosts,
                    timeouts: route.timeouts, logger: logger))
        } catch {
            return .failure(error)
        }
    }
}
