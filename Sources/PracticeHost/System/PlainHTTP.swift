#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// HTTP exchanges with a server at an IPv4 address, on this host unless told otherwise.
///
/// The exchanges use a plain socket rather than curl: a heartbeat every few seconds should cost no process, and its
/// last request runs while systemd is stopping the unit. The requests are HTTP/1.0, so that the answer ends where the
/// connection does and is never chunked.
struct PlainHTTP: Hashable, Sendable {
    var address = "127.0.0.1"
    var port: UInt16
    /// The time for each of connecting, sending and receiving.
    var deadline: Duration

    struct Answer: Hashable, Sendable {
        var status: Int
        var fields: [HTTPField] = []
        var body: [UInt8]
    }

    static let answerBytesMax = 1 << 22

    private var place: String { "\(address):\(port)" }

    /// - Parameter form: `key=value&key=value`, each percent-encoded.
    func exchange(_ method: String, _ path: String, form: String) throws -> Answer {
        try exchange(
            method, path, fields: [HTTPField("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(form.utf8))
    }

    /// - Throws: `Failure.system`, with `connect to` as its operation where nobody listens.
    func exchange(
        _ method: String, _ path: String, fields: [HTTPField] = [], body: [UInt8] = []
    ) throws -> Answer {
        let connection = try open()
        defer { close(connection) }
        var head = "\(method) \(path) HTTP/1.0\r\n"
        let own = [HTTPField("Host", address), HTTPField("Content-Length", "\(body.count)")]
        for field in own.filter({ fields.value(of: $0.name.lowercased()) == nil }) + fields {
            head += "\(field.name): \(field.value)\r\n"
        }
        try send(Array(head.utf8) + Array("\r\n".utf8) + body, on: connection)
        return try Self.answer(try receive(on: connection))
    }

    /// True if a server listens there.
    var isOpen: Bool {
        guard let connection = try? open() else { return false }
        close(connection)
        return true
    }

    private func open() throws -> Int32 {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard connection >= 0 else { throw Failure.lastSystemError("open a socket for", place) }
        var deadline = timeval(
            tv_sec: Int(clamping: self.deadline.components.seconds),
            tv_usec: Int(clamping: self.deadline.components.attoseconds / 1_000_000_000_000))
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(connection, SOL_SOCKET, option, &deadline, socklen_t(MemoryLayout<timeval>.size))
        }
        do {
            try connect(connection)
        } catch {
            close(connection)
            throw error
        }
        return connection
    }

    private func connect(_ connection: Int32) throws {
        var socketAddress = sockaddr_in()
        socketAddress.sin_family = sa_family_t(AF_INET)
        socketAddress.sin_port = port.bigEndian
        guard inet_pton(AF_INET, address, &socketAddress.sin_addr) == 1 else {
            throw Failure.unusable(subject: "a server's address", found: address, expected: "IPv4")
        }
        let status = withUnsafePointer(to: &socketAddress) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Failure.lastSystemError("connect to", place) }
    }

    private func send(_ request: [UInt8], on connection: Int32) throws {
        var rest = request[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { throw Failure.lastSystemError("send to", place) }
            rest = rest.dropFirst(sent)
        }
    }

    private func receive(on connection: Int32) throws -> [UInt8] {
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while answer.count < Self.answerBytesMax {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count >= 0 else { throw Failure.lastSystemError("receive from", place) }
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        return answer
    }

    /// Status, headers and body of a whole HTTP/1 answer.
    static func answer(_ bytes: [UInt8]) throws -> Answer {
        guard let parts = HTTPHead.split(bytes) else { throw noHTTP(bytes) }
        let words = parts.head.first.split(separator: " ")
        guard words.count >= 2, let status = Int(words[1]) else { throw noHTTP(bytes) }
        return Answer(status: status, fields: parts.head.fields, body: Array(parts.rest))
    }

    private static func noHTTP(_ bytes: [UInt8]) -> Failure {
        .unusable(
            subject: "the answer", found: String(decoding: bytes.prefix(80), as: UTF8.self), expected: "HTTP")
    }
}
