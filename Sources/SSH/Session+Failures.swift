import CLibSSH2

extension Session {
    nonisolated func failure(_ operation: SSHError.Operation, _ reason: SSHError.Reason) -> SSHError {
        var failure = SSHError(operation, target: target, reason)
        failure.way = SSHError.Way(route.passage)
        return failure
    }

    /// The error for a code that libssh2 returned, with its words while they are there.
    func failure(_ operation: SSHError.Operation, code: Int32, or reason: SSHError.Reason = .protocolFailure)
        -> SSHError
    {
        var failure = failure(operation, reason)
        guard let library, let transport else { return failure }
        let said = Self.lastError(of: library)
        failure.library = .init(code: code, message: said.code == code ? said.message : "")
        switch code {
        case LIBSSH2_ERROR_SOCKET_DISCONNECT, LIBSSH2_ERROR_SOCKET_SEND, LIBSSH2_ERROR_SOCKET_RECV:
            transport.end("the server closed it")
            failure.reason = .connectionLost(transport.ending ?? "")
        case LIBSSH2_ERROR_TIMEOUT: failure.reason = .deadlinePassed(.seconds(60))  // libssh2's own, fixed
        default: break
        }
        return failure
    }

    /// The error, or that something else than an SSH server listens there.
    func namingWhatIsNotSSH(_ error: SSHError) -> SSHError {
        guard error.reason != .cancelled, let said = transport?.greeting.saidInstead else { return error }
        return failure(error.operation, .notSSH(said: said))
    }

    static func lastError(of library: OpaquePointer) -> SSHError.LibraryFailure {
        var message: UnsafeMutablePointer<CChar>?
        var count: Int32 = 0
        let code = libssh2_session_last_error(library, &message, &count, 0)
        return .init(code: code, message: message.map { Transport.text($0, count: Int(count)) } ?? "")
    }
}
