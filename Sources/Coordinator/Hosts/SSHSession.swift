import Logging
import RolloutModel
import Rollouts
import SSH
import Synchronization

/// The SSH session with one host: opened when first needed, kept, and opened again after it was lost.
actor SSHSession {
    private let host: HostID
    private let route: @Sendable (HostID) async -> Result<SSHRoute, HostFault>
    private let logger: Logger
    private var state = State.closed
    private var patience = ConnectPatience()

    private enum State {
        case closed
        /// The others that wait for the connection.
        case opening([CheckedContinuation<Result<SSHConnection, HostFault>, Never>])
        case open(SSHConnection)
    }

    init(
        _ host: HostID, route: @escaping @Sendable (HostID) async -> Result<SSHRoute, HostFault>,
        logger: Logger
    ) {
        self.host = host
        self.route = route
        self.logger = logger
    }

    /// Runs `body` on the session. A session that fails is forgotten, since it is not known which of its commands the
    /// host received.
    func attempt<Value: Sendable>(
        _ body: @Sendable (SSHConnection) async throws(SSHError) -> Value
    ) async throws(HostFault) -> Value {
        let connection = try await self.connection().get()
        do throws(SSHError) {
            return try await body(connection)
        } catch {
            // No command was sent on the session, and others have commands there.
            if case .channelsTaken = error.reason {
                throw HostFault(host: host, kind: .commandFailed, why: "\(error)")
            }
            await drop(connection)
            if case .outputLimitPassed = error.reason {
                throw HostFault(
                    host: host, kind: .answerUnreadable, why: "\(error)", detail: HostTrouble(error))
            }
            throw HostFault(host: host, kind: .interrupted, why: "\(error)", detail: HostTrouble(error))
        }
    }

    func disconnect() async {
        guard case .open(let connection) = state else { return }
        await drop(connection)
    }

    /// The session, opened once for all that ask at the same time.
    private func connection() async -> Result<SSHConnection, HostFault> {
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

    private func open() async -> Result<SSHConnection, HostFault> {
        var route: SSHRoute
        switch await self.route(host) {
        case .failure(let fault): return .failure(fault)
        case .success(let found): route = found
        }
        if case .direct = route.passage {
            route.timeouts.connect = patience.time(of: route.timeouts.connect)
        }
        do throws(SSHError) {
            let connection = try await SSHConnection.open(route, logger: logger)
            patience.note(connected: true)
            return .success(connection)
        } catch {
            patience.note(connected: false)
            return .failure(
                HostFault(
                    host: host, kind: .unreachable, why: "\(error)", detail: HostTrouble(error),
                    bastion: ShutBastion(error), connection: ConnectionFailure(error)))
        }
    }
}

/// The sessions of the hosts that were asked for anything.
final class SSHSessions: Sendable {
    private let logger: Logger
    private let route: @Sendable (HostID) async -> Result<SSHRoute, HostFault>
    private let sessions = Mutex<[HostID: SSHSession]>([:])

    init(logger: Logger, route: @escaping @Sendable (HostID) async -> Result<SSHRoute, HostFault>) {
        self.logger = logger
        self.route = route
    }

    subscript(host: HostID) -> SSHSession {
        sessions.withLock { sessions in
            if let session = sessions[host] { return session }
            let session = SSHSession(host, route: route, logger: logger)
            sessions[host] = session
            return session
        }
    }

    func known(_ host: HostID) -> SSHSession? { sessions.withLock { $0[host] } }
}
