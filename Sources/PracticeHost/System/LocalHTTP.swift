#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// An HTTP exchange with a server on this host.
///
/// Over a plain socket rather than curl: a heartbeat every few seconds should cost no process, and its last request
/// runs while systemd is stopping the unit. HTTP/1.0, so that the answer ends where the connection does and is never
/// chunked.
struct LocalHTTP: Sendable {
    var port: UInt16
    /// For each of connecting, sending and receiving.
    var deadlineSeconds: Int

    struct Answer: Hashable, Sendable {
        var status: Int
        var body: [UInt8]
    }

    static let answerBytesMax = 1 << 20

    func exchange(_ method: String, _ path: String, form: String = "") throws -> Answer {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard connection >= 0 else { throw Failure.lastSystemError("open a socket for", path) }
        defer { close(connection) }
        var deadline = timeval(tv_sec: deadlineSeconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(connection, SOL_SOCKET, option, &deadline, socklen_t(MemoryLayout<timeval>.size))
        }
        try connect(connection)
        try send(request(method, path, form), on: connection)
        return try Self.answer(try receive(on: connection))
    }

    private func request(_ method: String, _ path: String, _ form: String) -> String {
        """
        \(method) \(path) HTTP/1.0\r
        Host: 127.0.0.1\r
        Content-Type: application/x-www-form-urlencoded\r
        Content-Length: \(form.utf8.count)\r
        \r
        \(form)
        """
    }

    private func connect(_ connection: Int32) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Failure.lastSystemError("connect to", "127.0.0.1:\(port)") }
    }

    private func send(_ request: String, on connection: Int32) throws {
        var rest = Array(request.utf8)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { throw Failure.lastSystemError("send to", "127.0.0.1:\(port)") }
            rest = rest.dropFirst(sent)
        }
    }

    private func receive(on connection: Int32) throws -> [UInt8] {
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while answer.count < Self.answerBytesMax {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count >= 0 else { throw Failure.lastSystemError("receive from", "127.0.0.1:\(port)") }
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        return answer
    }

    /// Status and body of a whole HTTP/1 answer.
    static func answer(_ bytes: [UInt8]) throws -> Answer {
        let head = String(decoding: bytes.prefix(4096), as: UTF8.self)
        let words = head.split(separator: "\r\n").first?.split(separator: " ") ?? []
        guard words.count >= 2, let status = Int(words[1]) else {
            throw Failure.unusable(subject: "the answer", found: String(head.prefix(80)), expected: "HTTP")
        }
        let end = [UInt8]("\r\n\r\n".utf8)
        let start = bytes.indices.first { bytes[$0...].starts(with: end) }
        return Answer(status: status, body: start.map { Array(bytes[($0 + end.count)...]) } ?? [])
    }
}
