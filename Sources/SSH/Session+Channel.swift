import CLibSSH2

extension Session {
    /// The time that a server may take until it no longer counts a channel that has ended.
    private static let slotTime = Duration.seconds(10)
    private static let slotPause = Duration.milliseconds(50)

    /// Opens a channel or an SFTP session, after those that began before. A server that allows no more at once
    /// (`MaxSessions`) is asked again when one of ours has ended.
    ///
    /// An opening that is given up goes on by itself until it is open, and is then discarded.
    func open(_ opening: Opening, _ proof: LoginProof, _ patience: Patience) async throws(SSHError)
        -> OpaquePointer
    {
        var refusedAlone: ContinuousClock.Instant?
        while true {
            try await takeTurn(patience)
            let refusal: SSHError
            do throws(SSHError) {
                return try await openAtOnce(opening, patience)
            } catch {
                guard error.reason == .channelRefused else { throw error }
                refusal = error
            }
            if channels > 0 {
                channelsMax = channels
                continue
            }
            let since = refusedAlone ?? .now
            refusedAlone = since
            guard hasEndedChannel, .now - since < Self.slotTime, !patience.isOver else { throw refusal }
            if await rest(until: .now + Self.slotPause, since: waits.happenings) == .cancelled {
                throw failure(.openChannel, .cancelled)
            }
        }
    }

    /// Until nothing else is being opened, and the server may allow one more.
    func takeTurn(_ patience: Patience) async throws(SSHError) {
        do throws(SSHError) {
            try await repeatedly(patience) { _ throws(SSHError) -> Void? in
                isOpening || channels >= channelsMax ? nil : ()
            }
        } catch {
            guard case .deadlinePassed = error.reason, channels >= channelsMax else { throw error }
            throw failure(.openChannel, .channelsTaken(channelsMax))
        }
    }

    func openAtOnce(_ opening: Opening, _ patience: Patience) async throws(SSHError) -> OpaquePointer {
        isOpening = true
        do throws(SSHError) {
            return try await repeatedly(patience) { library throws(SSHError) -> OpaquePointer? in
                let opened = opening.open(on: library)
                let code = opened == nil ? libssh2_session_last_errno(library) : 0
                if code == LIBSSH2_ERROR_EAGAIN { return nil }
                if opened != nil { channels += 1 }
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
        case .discard(let opening, let opened):
            guard opening.discard(opened) else { return finisher }
            channels -= 1
            hasEndedChannel = true
            waits.wakeAll()
            return nil
        case .complete(let opening):
            if let opened = opening.open(on: library) {
                channels += 1
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
    /// True if the operation was left while it could have gone on.
    var isGivingUp: Bool {
        switch self {
        case .deadlinePassed, .cancelled: true
        default: false
        }
    }
}
