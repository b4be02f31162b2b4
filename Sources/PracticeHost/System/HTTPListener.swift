import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A server on a port of this host, on all of its addresses: one request a connection.
final class HTTPListener: Sendable {
    typealias Handler = @Sendable (HTTPRequest) -> HTTPResponse

    let port: UInt16
    private let listener: Int32
    private let isStopped = Mutex(false)
    private let stopped = StopFlag()

    static let requestBytesMax = 1 << 20

    /// - Throws: `Failure.system` where the port is taken.
    init(port: UInt16, _ handler: @escaping Handler) throws {
        self.port = port
        listener = try Self.listen(at: port)
        OwnThread.run { [listener, stopped] in
            while !stopped.isRaised {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { continue }
                OwnThread.run {
                    Self.serve(connection, handler)
                    close(connection)
                }
            }
            close(listener)
        }
    }

    deinit { stop() }

    /// Refuses connections from now on. Requests that were taken are answered.
    func stop() {
        isStopped.withLock { isStopped in
            guard !isStopped else { return }
            isStopped = true
            // The thread that accepts closes the descriptor after it has seen the flag, and not before.
            shutdown(listener, Int32(SHUT_RDWR))
            stopped.raise()
        }
    }

    private static func listen(at port: UInt16) throws -> Int32 {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard listener >= 0 else { throw Failure.lastSystemError("open a socket for", "port \(port)") }
        var on: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard bound == 0, Glibc.listen(listener, 128) == 0 else {
            let failure = Failure.lastSystemError("listen at", "port \(port)")
            close(listener)
            throw failure
        }
        return listener
    }

    private static func serve(_ connection: Int32, _ handler: Handler) {
        var deadline = timeval(tv_sec: 10, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(connection, SOL_SOCKET, option, &deadline, socklen_t(MemoryLayout<timeval>.size))
        }
        guard var request = request(on: connection) else { return }
        request.client = peer(of: connection) ?? request.client
        send(handler(request).bytes(withBody: request.method != "HEAD"), on: connection)
    }

    /// The address at the other end.
    private static func peer(of connection: Int32) -> String? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let found = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(connection, $0, &length) }
        }
        guard found == 0 else { return nil }
        return withUnsafeBytes(of: address.sin_addr.s_addr) { $0.map(String.init).joined(separator: ".") }
    }

    private static func request(on connection: Int32) -> HTTPRequest? {
        var received: [UInt8] = []
        var wasInvited = false
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while received.count < requestBytesMax {
            if let (head, rest) = HTTPHead.split(received) {
                let length = head["content-length"].flatMap { Int($0) } ?? 0
                if rest.count >= length { return HTTPRequest(head, body: Array(rest.prefix(length))) }
                // curl waits for a word before it sends a long body.
                if head["expect"] != nil, !wasInvited {
                    wasInvited = true
                    send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), on: connection)
                }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            received += buffer[..<count]
        }
        return nil
    }

    private static func send(_ bytes: [UInt8], on connection: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }
}

extension HTTPRequest {
    fileprivate init?(_ head: HTTPHead, body: [UInt8]) {
        let words = head.first.split(separator: " ")
        guard words.count == 3 else { return nil }
        self.init(method: String(words[0]), target: String(words[1]), fields: head.fields, body: body)
    }
}
