import CLibSSH2

extension Session {
    /// Opens a channel or an SFTP session, after those that began before.
    ///
    /// One that is given up goes on by itself until it is open, and is then discarded.
    func open(_ opening: Opening, _ proof: LoginProof, _ patience: Patience) async throws(SSHError)
        -> OpaquePointer
    {
        try await repeatedly(patience) { _ throws(SSHError) -> Void? in isOpening ? nil : () }
        isOpening = true
        do throws(SSHError) {
            return try await repeatedly(patience) { library throws(SSHError) -> OpaquePointer? in
                let opened = opening.open(on: library)
                let code = opened == nil ? libssh2_session_last_errno(library) : 0
                if code == LIBSSH2_ERROR_EAGAIN { return nil }
                endOpening()
                guard let opened else { throw failure(.openChannel, code: code, or: .channelRefused) }
                return opened
            }
        } catch {
            if isOpening, error.reason.isGivingUp { finish(.complete(opening)) }
            throw error
        }
    }

    private func endOpening() {
        isOpening = false
        waits.wakeAll()
    }

    /// Closes and frees something without waiting for the server's word.
    func retire(_ opening: Opening, _ opened: OpaquePointer) { finish(.discard(opening, opened)) }

    /// - Returns: what is left to finish.
    func advance(_ finisher: Finisher, _ library: OpaquePointer) -> Finisher? {
        switch finisher {
        case .discard(let opening, let opened): return opening.discard(opened) ? nil : finisher
        case .complete(let opening):
            if let opened = opening.open(on: library) {
                endOpening()
                return advance(.discard(opening, opened), library)
            }
            if libssh2_session_last_errno(library) == LIBSSH2_ERROR_EAGAIN { return finisher }
            endOpening()
            return nil
        }
    }
}

extension SSHError.Reason {
    /// Whether the operation was left while it could have gone on.
    var isGivingUp: Bool {
        switch self {
        case .deadlinePassed, .cancelled: true
        default: false
        }
    }
}
