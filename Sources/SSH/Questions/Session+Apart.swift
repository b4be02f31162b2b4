import CLibSSH2

extension Session {
    /// Repeats a step that may wait for a person, on a thread of its own. The loop leaves the session alone meanwhile.
    ///
    /// - Parameters:
    ///   - patience: gives the server's part of the time.
    ///   - step: returns a code of libssh2.
    func repeatedlyApart(
        _ patience: () -> Patience, _ step: @escaping @Sendable (OpaquePointer) -> Int32
    ) async throws(SSHError) -> Int32 {
        while true {
            guard let library, let transport else {
                throw failure(.authenticate, .connectionLost("it was closed here"))
            }
            if Task.isCancelled { throw failure(.authenticate, .cancelled) }
            lend()
            // The session is used only by the thread until that has ended.
            nonisolated(unsafe) let lent = library
            let code: Int32? = await withCheckedContinuation { continuation in
                let hasThread = startThread { continuation.resume(returning: step(lent)) }
                if !hasThread { continuation.resume(returning: nil) }
            }
            takeBack()
            if let code, code != LIBSSH2_ERROR_EAGAIN { return code }
            guard code != nil else { throw failure(.authenticate, .localFault("no thread is left")) }
            if let ending = transport.ending { throw failure(.authenticate, .connectionLost(ending)) }
            if !transport.isTurnOver {
                try await pause(patience(), since: waits.happenings, seen: transport.received)
            }
            transport.beginTurn()
        }
    }
}
