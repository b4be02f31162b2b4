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
