import Logging

/// A connection to one host, whose key was checked and which let us in. Any number of commands may run on it
/// at once, within what its sshd allows (`MaxSessions`, 10 unless set).
public final class SSHConnection: Sendable {
    private let session: Session
    private let proof: LoginProof

    private init(session: Session, proof: LoginProof) {
        self.session = session
        self.proof = proof
    }

    deinit {
        let session = session
        session.loop.post { session.assumeIsolated { $0.tearDown() } }
    }

    public var target: SSHTarget { session.target }
    var link: Session { session }

    /// Connects, checks the host key before anything else is said, and logs in. An sshd that takes no more callers now is
    /// called again, for no longer than connecting and the key exchange may take.
    ///
    /// - Parameter loop: the shared one unless given.
    public static func open(
        _ route: SSHRoute, loop: SSHLoop? = nil, logger: Logger
    ) async throws(SSHError) -> SSHConnection {
        let loop = if let loop { loop } else { try SSHLoop.shared() }
        let last = ContinuousClock.now + route.timeouts.connect + route.timeouts.handshake
        let outcome = await Redial.session.calls(
            until: min(last, route.timeouts.deadline ?? last),
            onPause: { logger.debug("calling again", metadata: ["ssh.error": "\($0)"]) }
        ) {
            await call(route, loop, logger)
        }
        return try outcome.result.get()
    }

    private static func call(
        _ route: SSHRoute, _ loop: SSHLoop, _ logger: Logger
    ) async -> Result<SSHConnection, SSHError> {
        let session = Session(route, loop: loop, logger: logger)
        do throws(SSHError) {
            try await session.connect()
            let hostKey = try await session.exchangeKeys(trusting: route.knownHosts, route.restrictions)
            let login = try await session.logIn(hostKey, with: route.credentials, route.restrictions)
            logger.debug("connected", metadata: ["ssh.target": "\(route.target)"])
            return .success(SSHConnection(session: session, proof: login))
        } catch {
            await session.close()
            return .failure(error)
        }
    }

    /// Connects, runs one command, and ends the connection, all before the deadline.
    ///
    /// - Parameter onSilence: called, at most once, while nothing is heard of the host for longer than a host that is
    ///   there takes.
    public static func visit(
        _ route: SSHRoute, command: String, input: [UInt8] = [], outputLimit: Int,
        until deadline: ContinuousClock.Instant,
        logger: Logger, onSilence: (@Sendable () -> Void)? = nil
    ) async throws(SSHError) -> VisitResult {
        var route = route
        route.timeouts.deadline = deadline
        let tasks = try LoopTasks.shared()
        let session = Session(route, loop: tasks.loop, logger: logger, onSilence: onSilence)
        return try await withTaskExecutorPreference(tasks) { () async throws(SSHError) in
            try await session.visit(command, input: input, outputLimit: outputLimit, until: deadline)
        }
    }

    /// Runs a command and collects what it writes.
    ///
    /// When the deadline passes or the task is cancelled the channel is closed: the command finds its
    /// standard input ended and its output broken. SSH offers no more than that here; a command that minds
    /// neither goes on.
    ///
    /// - Parameters:
    ///   - command: for the login shell of the user. A constant: pass values in `input`.
    ///   - outputLimit: of both streams together, in bytes.
    public func run(
        _ command: String, input: [UInt8] = [], outputLimit: Int = 16 << 20, deadline: Duration
    ) async throws(SSHError) -> CommandResult {
        try await session.run(
            proof, command, input: input, outputLimit: outputLimit, Patience(.runCommand, for: deadline))
    }

    /// Runs a command and hands on what it writes, as it comes. While `onOutput` has not returned no more is
    /// read.
    ///
    /// - Throws: `SSHError`, or whatever `onOutput` throws; the channel is then closed.
    public func stream(
        _ command: String, input: [UInt8] = [], deadline: Duration,
        onOutput: @Sendable (OutputChunk) async throws -> Void
    ) async throws -> CommandExit {
        try await session.stream(
            proof, command, input: input, Patience(.runCommand, for: deadline), onOutput: onOutput)
    }

    /// Puts a file in place in one step: whoever opens the path finds the old content or the new.
    ///
    /// - Parameters:
    ///   - path: absolute, or relative to the user's home.
    ///   - mode: permission bits, whatever the umask.
    @discardableResult public func upload(
        _ bytes: [UInt8], to path: String, mode: UInt16, deadline: Duration
    ) async throws(SSHError) -> UploadResult {
        try await session.upload(proof, bytes, to: path, mode: mode, Patience(.upload(path), for: deadline))
    }

    /// Says goodbye and frees the connection. Whatever still runs on it fails with `connectionLost`.
    public func close() async { await session.close() }
}
