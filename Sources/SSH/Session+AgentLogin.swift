import CLibSSH2

extension Session {
    /// - Returns: none where the agent does not tell, which is noted.
    func keys(
        of agent: AgentClient, _ patience: Patience, _ record: inout AuthenticationRecord
    ) async throws(SSHError) -> [AgentKey] {
        do throws(AgentFault) {
            let deadline = min(patience.deadline, .now + timeouts.agent)
            try await agent.open(until: deadline)
            return try await agent.keys(until: deadline)
        } catch {
            if Task.isCancelled { throw failure(.authenticate, .cancelled) }
            record.note("the agent at '\(agent.path)'", nil, error.description)
            return []
        }
    }

    /// - Parameters:
    ///   - key: that the agent holds.
    ///   - offered: the key, or a certificate for it.
    func logIn(
        with key: HostKey, offering offered: HostKey, _ agent: AgentClient, _ choice: KeyChoice,
        _ patience: Patience
    ) async throws(SSHError) -> KeyOutcome {
        let offer: KeyOffer
        switch choice.offer(offered) {
        case .failure(let objection): return KeyOutcome(objection)
        case .success(let made): offer = made
        }
        let request = SignatureRequest(offer)
        while true {
            let code = try await repeatedly(patience) { library throws(SSHError) -> Int32? in
                let code = request.authenticate(library, user: target.user)
                // Would block on the socket, or on the signature?
                return code == LIBSSH2_ERROR_EAGAIN && request.message == nil ? nil : code
            }
            guard code == LIBSSH2_ERROR_EAGAIN, let message = request.message else {
                return try outcome(of: request, code)
            }
            do throws(AgentFault) {
                request.state = .signed(
                    try await agent.signature(of: message, with: key, until: patience.deadline))
            } catch {
                request.state = .refused(error.description)
            }
        }
    }

    /// The outcome of a trial that ended with a code of libssh2.
    func outcome(of request: SignatureRequest, _ code: Int32) throws(SSHError) -> KeyOutcome {
        switch (code, request.state) {
        case (0, _): return .accepted
        case (LIBSSH2_ERROR_AUTHENTICATION_FAILED, _): return .refusedByServer
        // The server and the configuration have no signature in common.
        case (LIBSSH2_ERROR_METHOD_NONE, _): return .refused("the server takes no signature that it may make")
        case (LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED, .refused(let why)): return .failed(why)
        case (LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED, .signed), (LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED, .holds):
            return .signatureRefused
        case (LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED, _): return .refusedByServer
        default: throw failure(.authenticate, code: code)
        }
    }
}
