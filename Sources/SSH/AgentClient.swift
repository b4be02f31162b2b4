import CLibSSH2
import Glibc

/// A key that ssh-agent holds.
struct AgentKey: Sendable {
    var key: HostKey
    var comment: String
}

/// The request that ssh-agent did not grant, as it would be told.
struct AgentFault: Error, CustomStringConvertible {
    var description: String
    static let cancelled = AgentFault(description: "cancelled")
}

/// A conversation with ssh-agent (draft-miller-ssh-agent), on the loop like everything else: an agent that
/// stalls delays only those who wait for it, and those no longer than their deadline. libssh2's own client
/// blocks.
actor AgentClient: LoopResident {
    private static let requestIdentities: UInt8 = 11
    private static let identitiesAnswer: UInt8 = 12
    private static let signRequest: UInt8 = 13
    private static let signResponse: UInt8 = 14
    /// ssh-agent's own bound, in bytes.
    private static let messageMax = 256 << 10

    nonisolated let loop: SSHLoop
    let waits = LoopWaits()
    nonisolated let path: String
    private var descriptor: Int32 = -1

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(path: String, loop: SSHLoop) {
        self.path = path
        self.loop = loop
    }

    func open(until deadline: ContinuousClock.Instant) async throws(AgentFault) {
        guard let address = SocketAddress(path: path) else {
            throw AgentFault(description: "the path is too long")
        }
        settle()
        descriptor = socket(
            AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw AgentFault(description: "\(SystemFault.last)") }
        while address.withPointer({ Glibc.connect(descriptor, $0, $1) }) != 0 {
            // EAGAIN: its queue of callers is full, and nothing tells when that ends.
            guard errno == EAGAIN else { throw AgentFault(description: "\(SystemFault.last)") }
            guard deadline > .now else { throw silence }
            let soon = min(deadline, .now + .milliseconds(20))
            if await rest(until: soon, since: waits.happenings) == .cancelled { throw .cancelled }
        }
    }

    func close() {
        guard waits.token != 0 else { return }
        if descriptor >= 0 {
            loop.unwatch(descriptor)
            _ = Glibc.close(descriptor)
            descriptor = -1
        }
        waits.wakeAll()
        leave()
    }

    func keys(until deadline: ContinuousClock.Instant) async throws(AgentFault) -> [AgentKey] {
        let answer = try await ask([Self.requestIdentities], until: deadline)
        var reader = WireReader(answer)
        guard reader.byte() == Self.identitiesAnswer, let count = reader.uint32() else { throw Self.nonsense }
        var keys: [AgentKey] = []
        for _ in 0..<count {
            guard let blob = reader.string(), let comment = reader.string() else { throw Self.nonsense }
            if let key = HostKey(blob: blob) {
                keys.append(AgentKey(key: key, comment: String(decoding: comment, as: UTF8.self)))
            }
        }
        return keys
    }

    /// - Returns: the signature proper, without the name of its algorithm, which must be the one asked for. A hardware key's
    ///   has its flags and counter with it.
    func signature(
        of message: LoginMessage, with key: HostKey, until deadline: ContinuousClock.Instant
    ) async throws(AgentFault) -> [UInt8] {
        var request = WireWriter()
        request.byte(Self.signRequest)
        request.string(key.blob)
        request.string(message.bytes)
        request.uint32(RSASignature(rawValue: message.algorithm)?.agentFlags ?? 0)
        var reader = WireReader(try await ask(request.bytes, until: deadline))
        guard reader.byte() == Self.signResponse else { throw AgentFault(description: "it refused to sign") }
        guard let signature = reader.string() else { throw Self.nonsense }
        var inner = WireReader(signature)
        guard let algorithm = inner.string(), algorithm.elementsEqual(message.algorithm.utf8) else {
            throw AgentFault(description: "it signed by another algorithm than '\(message.algorithm)'")
        }
        if KeyType(message.algorithm).isHardware { return inner.remainder() }
        guard let bytes = inner.string(), inner.isAtEnd else { throw Self.nonsense }
        return bytes
    }

    private static let nonsense = AgentFault(description: "its answer makes no sense")
    private var silence: AgentFault { AgentFault(description: "no answer in time") }

    private func ask(_ message: [UInt8], until deadline: ContinuousClock.Instant) async throws(AgentFault)
        -> [UInt8]
    {
        var request = WireWriter()
        request.string(message)
        try await exchange(count: request.bytes.count, for: .writable, until: deadline) { done in
            request.bytes[done...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
        }
        var header = WireReader(try await receive(4, until: deadline))
        guard let count = header.uint32(), (1...Self.messageMax).contains(Int(count)) else {
            throw Self.nonsense
        }
        return try await receive(Int(count), until: deadline)
    }

    private func receive(_ count: Int, until deadline: ContinuousClock.Instant) async throws(AgentFault)
        -> [UInt8]
    {
        var bytes = [UInt8](repeating: 0, count: count)
        try await exchange(count: count, for: .readable, until: deadline) { done in
            bytes[done...].withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        }
        return bytes
    }

    /// Moves so many bytes, waiting as often as the socket says "not now".
    private func exchange(
        count: Int, for events: SocketEvents, until deadline: ContinuousClock.Instant,
        _ move: (_ done: Int) -> Int
    ) async throws(AgentFault) {
        var done = 0
        while done < count {
            guard descriptor >= 0 else { throw .cancelled }
            let happenings = waits.happenings
            let moved = move(done)
            if moved > 0 {
                done += moved
                continue
            }
            guard moved < 0 else { throw AgentFault(description: "it hung up") }
            guard errno == EAGAIN || errno == EINTR else {
                throw AgentFault(description: "\(SystemFault.last)")
            }
            if !loop.watch(descriptor, for: events, token: waits.token, isNew: false) {
                _ = loop.watch(descriptor, for: events, token: waits.token, isNew: true)
            }
            let wake = await rest(until: deadline, since: happenings)
            // Level-triggered: left watched, it would be reported without end.
            loop.unwatch(descriptor)
            switch wake {
            case .activity: continue
            case .deadlinePassed: throw silence
            case .cancelled: throw .cancelled
            }
        }
    }

    func handle(_ events: SocketEvents, on token: UInt64) { waits.wakeAll() }
    func handleTimer() {}
}
