import CLibSSH2
import Glibc
import Logging

/// A libssh2 session and its socket. Every call into libssh2 is made here, on the loop's thread.
actor Session: LoopResident {
    nonisolated let loop: SSHLoop
    nonisolated let route: SSHRoute
    nonisolated var target: SSHTarget { route.target }
    nonisolated var timeouts: SSHTimeouts { route.timeouts }
    nonisolated let logger: Logger
    let waits = LoopWaits()

    /// The transport and libssh2's session exist from connect to teardown.
    private(set) var transport: Transport?
    private(set) var library: OpaquePointer?
    private var watched: SocketEvents?
    /// True while another thread calls libssh2 for this session.
    private var isLent = false
    /// Work that is finished without a waiting caller: channels being closed, abandoned opens.
    private var finishers: [Finisher] = []
    /// The address that was connected to, without its port; nil where another host or a command made the connection.
    var peer: String?
    /// The process whose standard input and output are the connection.
    var proxy: ProxyProcess?
    /// The channels to other hosts, by the token under which their sockets are watched.
    var tunnels: [UInt64: Tunnel] = [:]
    /// The time of the call.
    var calledAt: ContinuousClock.Instant?
    /// libssh2 keeps the state of the one channel being opened in the session.
    var isOpening = false
    /// The number of channels that are open, or not yet known to be closed.
    var channels = 0
    /// The number of channels that the server was seen to allow at once.
    var channelsMax = Int.max
    var hasEndedChannel = false
    var keepalive: Keepalive?
    var silence: SilenceNotice

    /// True once the connection can carry nothing more.
    var hasEnded: Bool { transport.map { $0.ending != nil } ?? true }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(
        _ route: SSHRoute, loop: SSHLoop, logger: Logger, onSilence: (@Sendable () -> Void)? = nil
    ) {
        self.route = route
        self.loop = loop
        self.logger = logger
        self.silence = SilenceNotice(onSilence)
    }

    func begin(on transport: Transport) throws(SSHError) {
        guard let library = transport.makeLibrarySession() else {
            throw failure(.connect, .localFault("out of memory"))
        }
        self.transport = transport
        self.library = library
    }

    // MARK: Steps

    /// Repeats a step until it has a value; it has none while libssh2 would block.
    ///
    /// The step is never made once the session is torn down, so pointers taken from the session are safe in
    /// it.
    func repeatedly<Value>(
        _ patience: Patience, _ step: (OpaquePointer) throws(SSHError) -> Value?
    ) async throws(SSHError) -> Value {
        while true {
            guard let library, let transport else {
                throw failure(patience.operation, .connectionLost("it was closed here"))
            }
            if patience.heedsCancellation, Task.isCancelled { throw failure(patience.operation, .cancelled) }
            if patience.isOver { throw failure(patience.operation, .deadlinePassed(patience.allowed)) }
            let before = transport.received
            let outcome = Result { () throws(SSHError) in try step(library) }
            // The bytes that were read may contain a packet that another operation waits for.
            if transport.received != before { driveTunnels() }
            waits.wake(behind: transport.received)
            if transport.ending != nil { waits.wakeAll() }
            updateInterest()
            if let value = try outcome.get() { return value }
            if let ending = transport.ending { throw failure(patience.operation, .connectionLost(ending)) }
            if transport.isTurnOver {
                transport.beginTurn()
                await Task.yield()
            } else {
                try await pause(patience, since: waits.happenings, seen: transport.received)
                transport.beginTurn()
            }
        }
    }

    func pause(
        _ patience: Patience, since happenings: UInt64, seen: UInt64
    ) async throws(SSHError) {
        switch await rest(
            until: patience.deadline, since: happenings, seen: seen,
            heedsCancellation: patience.heedsCancellation)
        {
        case .activity: return
        case .deadlinePassed: throw failure(patience.operation, .deadlinePassed(patience.allowed))
        case .cancelled: throw failure(patience.operation, .cancelled)
        }
    }

    /// Goes on with work until it is done, without a waiting caller.
    func finish(_ finisher: Finisher) {
        guard library != nil else { return }
        finishers.append(finisher)
        driveFinishers()
        updateInterest()
    }

    private func driveFinishers() {
        guard !finishers.isEmpty, let library, let transport else { return }
        finishers = finishers.compactMap { advance($0, library) }
        waits.wake(behind: transport.received)
    }

    // MARK: Events

    func handle(_ events: SocketEvents, on token: UInt64) {
        guard !isLent else { return }
        if let tunnel = tunnels[token] { return handle(events, of: tunnel) }
        guard let transport else {
            // The socket is still connecting.
            waits.wakeAll()
            return
        }
        transport.flush()
        transport.beginTurn()
        transport.noteReadable()
        driveFinishers()
        driveTunnels()
        if waits.isEmpty { transport.absorb() } else { waits.wakeAll() }
        if !events.isDisjoint(with: .hungUp), transport.interest.isDisjoint(with: .readable) {
            // No operation reads, and epoll would report this without end.
            transport.end("the server closed it")
        }
        updateInterest()
    }

    func updateInterest() {
        guard let transport, !isLent else { return }
        if let ending = transport.ending { dropTunnels(ending) }
        let wanted = transport.ending == nil ? transport.interest : nil
        guard wanted != watched else { return }
        if let wanted {
            _ = loop.watch(transport.descriptor, for: wanted, token: waits.token, isNew: watched == nil)
        } else {
            loop.unwatch(transport.descriptor)
        }
        watched = wanted
    }

    /// Leaves the connection to another thread from now on.
    func lend() {
        isLent = true
        if let transport, watched != nil { loop.unwatch(transport.descriptor) }
        watched = nil
    }

    func takeBack() {
        isLent = false
        updateInterest()
    }

    func handleTimer() {
        sendKeepaliveIfDue()
        giveSilenceNoticeIfDue()
    }

    func loseConnection(_ why: String) {
        transport?.end(why)
        updateInterest()
        waits.wakeAll()
    }

    /// Calls libssh2 for work that does not wait, such as keepalives.
    func withLibrary(_ body: (OpaquePointer) -> Void) { if let library { body(library) } }

    // MARK: End

    func close() {
        if let library, let transport, transport.ending == nil {
            _ = libssh2_session_disconnect_ex(library, SSH_DISCONNECT_BY_APPLICATION, "done", "")
        }
        tearDown()
    }

    /// Frees everything at once; callers who still wait find the session gone. Repeated calls are allowed.
    func tearDown() {
        finishers = []
        dropTunnels("it was closed here")
        if let library, let transport {
            transport.flush()
            if watched != nil { loop.unwatch(transport.descriptor) }
            transport.isDiscarded = true
            // The call does not wait, as the transport is discarded; channels are freed with the session.
            _ = libssh2_session_free(library)
        }
        library = nil
        transport = nil
        proxy = nil
        keepalive = nil
        waits.wakeAll()
        leave()
    }
}
