import Dispatch

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The unix socket that stands for the system bus between the engine and its client: one request line, one reply line.
enum UnixSocket {
    static let lineBytesMax = 512

    /// Listens at a path, which anyone on the host may connect to.
    static func listen(at path: String) throws -> Int32 {
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard listener >= 0 else { throw Failure.lastSystemError("open a socket at", path) }
        unlink(path)
        guard withAddress(path, { bind(listener, $0, $1) }) == 0, chmod(path, 0o666) == 0,
            Glibc.listen(listener, 16) == 0
        else { throw Failure.lastSystemError("listen at", path) }
        return listener
    }

    /// Every connection that a listener accepts, for as long as the process runs.
    ///
    /// Accepting blocks, so it has a thread of its own rather than one of the few that tasks share.
    static func connections(of listener: Int32) -> AsyncStream<Int32> {
        let (connections, continuation) = AsyncStream.makeStream(of: Int32.self)
        DispatchQueue(label: "connections").async {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { continue }
                setDeadline(of: connection, seconds: 2)
                continuation.yield(connection)
            }
        }
        return connections
    }

    /// An exchange as a client; nil if nobody listens or the answer does not come.
    static func ask(_ request: String, at path: String) -> String? {
        let connection = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard connection >= 0 else { return nil }
        defer { close(connection) }
        setDeadline(of: connection, seconds: 5)
        guard withAddress(path, { connect(connection, $0, $1) }) == 0, write(request, to: connection) else {
            return nil
        }
        return readLine(from: connection)
    }

    /// A line without its ending; nil at a deadline or if it is too long.
    static func readLine(from connection: Int32) -> String? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count < lineBytesMax, recv(connection, &byte, 1, 0) == 1 {
            guard byte != UInt8(ascii: "\n") else { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return nil
    }

    @discardableResult
    static func write(_ line: String, to connection: Int32) -> Bool {
        let bytes = Array(line.utf8) + [UInt8(ascii: "\n")]
        return send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    private static func setDeadline(of connection: Int32, seconds: Int) {
        var deadline = timeval(tv_sec: seconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(connection, SOL_SOCKET, option, &deadline, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    static func withAddress<Result>(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
