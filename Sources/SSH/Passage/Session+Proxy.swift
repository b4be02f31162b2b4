extension Session {
    /// How often it is looked whether there is room for another ProxyCommand.
    private static let timeForRoom = Duration.milliseconds(20)
    /// How often it is looked whether a silent ProxyCommand asks at the terminal.
    private static let timeToLook = Duration.milliseconds(100)
    /// How long a person may take there.
    private static let timeToAnswer = Duration.seconds(600)

    /// Starts a ProxyCommand, once there is room for one, and waits until something comes through it.
    func run(_ command: ProxyCommand) async throws(SSHError) {
        while !ProxyTurns.shared.take() { try await waitForRoom() }
        defer { ProxyTurns.shared.giveBack() }
        let pair: SocketPair
        do {
            pair = try SocketPair(farBlocks: true)
        } catch {
            throw failure(.connect, .localFault("\(error)"))
        }
        let fate = StreamFate()
        proxy = ProxyProcess(command, on: pair.far, fate)
        try begin(on: Transport(descriptor: pair.near, fate: fate))
        try await awaitWords()
    }

    private func waitForRoom() async throws(SSHError) {
        guard await rest(until: .now + Self.timeForRoom, since: waits.happenings) != .cancelled else {
            throw failure(.connect, .cancelled)
        }
        if let deadline = timeouts.deadline, deadline <= .now {
            throw failure(.connect, .deadlinePassed(timeouts.connect))
        }
    }

    /// Waits for the first bytes, or the end; as long as a person at the terminal is asked, and otherwise no longer than a
    /// host that is there takes. Then the time of the handshake begins.
    private func awaitWords() async throws(SSHError) {
        updateInterest()
        let last = ContinuousClock.now + Self.timeToAnswer
        let allowed = min(SilenceNotice.afterConnect, timeouts.handshake)
        var patience = Patience(.exchangeKeys, for: allowed, until: timeouts.deadline)
        var isNoted = false
        defer { if isNoted { TerminalQuestion.noteEnd() } }
        while let transport {
            let happenings = waits.happenings
            transport.absorb()
            guard transport.heard == 0, transport.ending == nil else { return }
            if isAskedAtTerminal, .now < last {
                if !isNoted { TerminalQuestion.noteBegin() }
                isNoted = true
                patience = Patience(.exchangeKeys, for: allowed, until: timeouts.deadline)
            } else if isNoted {
                TerminalQuestion.noteEnd()
                isNoted = false
            }
            guard !patience.isOver else { return }
            let soon = min(patience.deadline, .now + Self.timeToLook)
            if await rest(until: soon, since: happenings) == .cancelled {
                throw failure(.exchangeKeys, .cancelled)
            }
        }
    }

    /// True if the ProxyCommand waits for a person's answer.
    var isAskedAtTerminal: Bool { proxy?.process.map(TerminalQuestion.isAsked(by:)) ?? false }

    /// The error, or that the ProxyCommand still waits for a person.
    func namingWhoIsAsked(_ error: SSHError) -> SSHError {
        guard case .deadlinePassed = error.reason, transport?.heard == 0, isAskedAtTerminal else {
            return error
        }
        return failure(error.operation, .proxyCommandAsks)
    }
}
