import Glibc

/// Something that takes calls, says the same to each, and then hangs up or goes on saying nothing.
struct TalkingServer {
    let port: UInt16

    /// - Parameter again: how often it says it; in between it is not in the way of whoever else runs.
    static func with(
        _ words: String, again: Int = 0, hangsUp: Bool = false, _ body: (TalkingServer) async throws -> Void
    ) async throws {
        let listener = try LocalListener()
        let (descriptor, port) = (listener.descriptor, listener.port)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await talk(on: descriptor, Array(words.utf8), times: again + 1, hangsUp) }
            try await body(TalkingServer(port: port))
            group.cancelAll()
        }
        withExtendedLifetime(listener.port) {}
    }

    private static func talk(on listener: Int32, _ words: [UInt8], times: Int, _ hangsUp: Bool) async {
        var callers: [(descriptor: Int32, left: Int)] = []
        while !Task.isCancelled {
            while case let caller = accept(listener, nil, nil), caller >= 0 {
                _ = fcntl(caller, F_SETFL, O_NONBLOCK)
                callers.append((caller, times))
            }
            for index in callers.indices where callers[index].left > 0 {
                let sent = send(callers[index].descriptor, words, words.count, Int32(MSG_NOSIGNAL))
                if sent >= 0 || errno != EAGAIN { callers[index].left -= 1 }
            }
            if hangsUp {
                for caller in callers where caller.left == 0 {
                    // Read first: what is unread turns the goodbye into a reset.
                    var heard = [UInt8](repeating: 0, count: 4096)
                    _ = recv(caller.descriptor, &heard, heard.count, 0)
                    close(caller.descriptor)
                }
                callers.removeAll { $0.left == 0 }
            }
            try? await Task.sleep(for: .milliseconds(2))
        }
        for caller in callers { close(caller.descriptor) }
    }
}

/// Hangs up on the first callers, and puts those after them through to another port.
struct RelayAfterHangingUp {
    let port: UInt16

    /// - Parameter hangUps: on how many.
    static func with(
        _ target: UInt16, hangUps: Int = 1, _ body: (RelayAfterHangingUp) async throws -> Void
    ) async throws {
        let listener = try LocalListener()
        let (descriptor, port) = (listener.descriptor, listener.port)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await relay(from: descriptor, to: target, hangUps) }
            try await body(RelayAfterHangingUp(port: port))
            group.cancelAll()
        }
        withExtendedLifetime(listener.port) {}
    }

    private static func relay(from listener: Int32, to target: UInt16, _ hangUps: Int) async {
        var left = hangUps
        var pipes: [(from: Int32, to: Int32)] = []
        while !Task.isCancelled {
            let caller = accept(listener, nil, nil)
            if caller >= 0, left > 0 {
                left -= 1
                close(caller)
            } else if caller >= 0 {
                let server = LocalCall.begin(to: target)
                for end in [caller, server] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
                pipes += [(caller, server), (server, caller)]
            }
            for pipe in pipes { pass(pipe.from, pipe.to) }
            try? await Task.sleep(for: .milliseconds(1))
        }
        for pipe in pipes { close(pipe.from) }
    }

    private static func pass(_ from: Int32, _ to: Int32) {
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(from, &bytes, bytes.count, 0)
        if count > 0 { _ = send(to, bytes, count, Int32(MSG_NOSIGNAL)) }
        if count == 0 { shutdown(to, Int32(SHUT_WR)) }
    }
}

/// A call to a port of the loopback interface.
enum LocalCall {
    /// - Returns: the descriptor; the caller closes it.
    static func begin(to port: UInt16, flags: __socket_type = __socket_type(0)) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | flags.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = port.bigEndian
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return descriptor
    }
}
