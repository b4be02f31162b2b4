import HostFiles
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Asks systemd for real, at the socket at which systemctl asks it for root: no bus is between (facts 0.63).
enum LiveSystemd {
    static let path = "/run/systemd/private"
    /// Much longer than systemd needs, and short beside the time that systemctl is given after it.
    static let allowed = Duration.seconds(5)
    /// The calls that are on their way at once; systemd keeps so many answers for one who does not listen yet.
    private static let callsAtOnce = 64

    /// - Returns: nil also where nobody listens at the path.
    static func ask(
        _ calls: [BusCall], _ further: ([BusAnswer]) -> [BusCall], at path: String, within allowed: Duration
    ) async -> [BusAnswer]? {
        do {
            var line = try SystemdLine(to: path, end: .now + allowed)
            defer { line.close() }
            try await line.logIn()
            var answers = try await line.answers(to: calls, callsAtOnce)
            answers += try await line.answers(to: further(answers), callsAtOnce)
            return answers
        } catch {
            return nil
        }
    }
}

/// A connection to systemd. Waits are short and yield the thread, as it is one of few.
private struct SystemdLine {
    private let file: FileDescriptor
    private let end: ContinuousClock.Instant
    private var received: [UInt8] = []
    private var lastSerial: UInt32 = 0

    private static let waitMilliseconds: Int32 = 50
    private static let lineBytesMax = 512

    private struct Trouble: Error {}

    init(to path: String, end: ContinuousClock.Instant) throws {
        #if canImport(Glibc)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        let opened = socket(AF_UNIX, kind, 0)
        guard opened >= 0 else { throw Trouble() }
        file = FileDescriptor(rawValue: opened)
        self.end = end
        guard fcntl(opened, F_SETFD, FD_CLOEXEC) == 0, fcntl(opened, F_SETFL, O_NONBLOCK) == 0,
            Self.reach(path, from: opened)
        else {
            close()
            throw Trouble()
        }
    }

    func close() { try? file.close() }

    /// Says who asks, which the kernel confirms (D-Bus Specification, "Authentication Protocol"). The whole is sent at once:
    /// systemd would leave a call lie that it reads together with `BEGIN` (facts 0.63).
    mutating func logIn() async throws {
        let user = String(geteuid()).utf8.map { String($0, radix: 16) }.joined()
        try await send([0] + Array("AUTH EXTERNAL \(user)\r\nBEGIN\r\n".utf8))
        while !received.contains(UInt8(ascii: "\n")) {
            guard received.count < Self.lineBytesMax else { throw Trouble() }
            try await receive()
        }
        guard received.starts(with: "OK ".utf8), received.last == UInt8(ascii: "\n") else { throw Trouble() }
        received = []
    }

    mutating func answers(to calls: [BusCall], _ atOnce: Int) async throws -> [BusAnswer] {
        var answers: [BusAnswer] = []
        while answers.count < calls.count {
            answers += try await self.answers(to: calls.dropFirst(answers.count).prefix(atOnce))
        }
        return answers
    }

    private mutating func answers(to calls: ArraySlice<BusCall>) async throws -> [BusAnswer] {
        let serials = lastSerial + 1..<lastSerial + 1 + UInt32(calls.count)
        lastSerial += UInt32(calls.count)
        try await send(zip(serials, calls).flatMap { serial, call in call.message(serial: serial) })
        var answers: [UInt32: BusAnswer] = [:]
        while answers.count < calls.count {
            let message = try await message()
            // systemd tells everybody here what its units and jobs do.
            if let serial = message.answers, serials.contains(serial) { answers[serial] = message.answer }
        }
        return serials.compactMap { answers[$0] }
    }

    private mutating func message() async throws -> BusMessage {
        while true {
            if let length = try BusMessage.length(startingWith: received[...]), received.count >= length {
                defer { received.removeFirst(length) }
                return try BusMessage(Array(received.prefix(length)))
            }
            try await receive()
        }
    }

    private func send(_ bytes: [UInt8]) async throws {
        var left = bytes[...]
        while !left.isEmpty {
            try await wait(for: Int16(POLLOUT))
            let count = left.withUnsafeBytes { Self.write($0, to: file.rawValue) }
            if count > 0 { left = left.dropFirst(count) } else { try Self.goOn() }
        }
    }

    private mutating func receive() async throws {
        try await wait(for: Int16(POLLIN))
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        let count = chunk.withUnsafeMutableBytes { recv(file.rawValue, $0.baseAddress, $0.count, 0) }
        guard count != 0 else { throw Trouble() }
        if count > 0 { received += chunk.prefix(count) } else { try Self.goOn() }
    }

    /// Without a signal where systemd closed the connection.
    private static func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Int {
        #if canImport(Glibc)
            Glibc.send(file, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        #else
            Musl.send(file, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        #endif
    }

    private static func goOn() throws {
        guard [EAGAIN, EINTR].contains(errno) else { throw Trouble() }
    }

    private func wait(for events: Int16) async throws {
        while true {
            guard ContinuousClock.now < end, !Interruption.wasAsked else { throw Trouble() }
            var waited = pollfd(fd: file.rawValue, events: events, revents: 0)
            if poll(&waited, 1, Self.waitMilliseconds) > 0 { return }
            await Task.yield()
        }
    }

    private static func reach(_ path: String, from opened: Int32) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(opened, $0, size) } == 0
        }
    }
}
