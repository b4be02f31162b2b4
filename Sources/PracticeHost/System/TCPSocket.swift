#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Sockets of internet version 4.
enum TCPSocket {
    /// Listens at an address of this machine.
    static func listen(at address: String, port: UInt16) throws -> Int32 {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard listener >= 0 else { throw Failure.lastSystemError("open a socket at", address) }
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard withAddress(address, port, { bind(listener, $0, $1) }) == 0, Glibc.listen(listener, 32) == 0
        else {
            let failure = Failure.lastSystemError("listen at", "\(address):\(port)")
            close(listener)
            throw failure
        }
        return listener
    }

    /// True if somebody takes a connection there in time.
    static func reaches(_ address: String, port: UInt16, within time: Duration) -> Bool {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard connection >= 0 else { return false }
        defer { close(connection) }
        if withAddress(address, port, { connect(connection, $0, $1) }) == 0 { return true }
        guard errno == EINPROGRESS, awaits(connection, Int16(POLLOUT), within: time) else { return false }
        var problem: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(connection, SOL_SOCKET, SO_ERROR, &problem, &size) == 0 && problem == 0
    }

    static func awaits(_ descriptor: Int32, _ events: Int16, within time: Duration) -> Bool {
        var entry = pollfd(fd: descriptor, events: events, revents: 0)
        let (seconds, attoseconds) = time.components
        return poll(&entry, 1, Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000)) > 0
    }

    private static func withAddress(
        _ text: String, _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        guard inet_pton(AF_INET, text, &address.sin_addr) == 1 else {
            errno = EINVAL
            return -1
        }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
