import CLibSSH2

extension Session {
    /// - Returns: whether one of the agent's keys was accepted.
    func logIn(
        through agent: AgentClient, _ path: String, files: [IdentityFile], only identitiesOnly: Bool,
        _ choice: KeyChoice, _ patience: Patience, _ record: inout AuthenticationRecord,
        _ refused: inout Set<HostKey>
    ) async throws(SSHError) -> Bool {
        let held: [AgentKey]
        do throws(AgentFault) {
            let deadline = min(patience.deadline, .now + timeouts.agent)
            try await agent.open(until: deadline)
            held = try await agent.keys(until: deadline)
        } catch {
            if Task.isCancelled { throw failure(.authenticate, .cancelled) }
            record.attempts.append(
                .init(key: "the agent at '\(path)'", type: nil, outcome: error.description))
            return false
        }
        let named = files.compactMap { file in held.first { $0.key == file.publicKey } }
        let others = identitiesOnly ? [] : held.filter { other in !named.contains { $0.key == other.key } }
        for candidate in named + others where Self.clientKeyTypes.contains(candidate.key.type) {
            if let objection = choice.objection(to: candidate.key) {
                record.attempts.append(
                    .init(
                        key: "agent key '\(candidate.comment)'", type: candidate.key.type, outcome: objection)
                )
                continue
            }
            let outcome = try await logIn(with: candidate, agent, patience)
            guard let outcome else { return true }
            record.attempts.append(
                .init(key: "agent key '\(candidate.comment)'", type: candidate.key.type, outcome: outcome))
            if outcome == Self.refusal { refused.insert(candidate.key) }
        }
        return false
    }

    /// What libssh2 1.10 can sign with.
    private static let clientKeyTypes: Set<String> = [
        "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa",
    ]

    static let refusal = "refused by the server"

    /// - Returns: nil once logged in, otherwise why not.
    private func logIn(
        with candidate: AgentKey, _ agent: AgentClient, _ patience: Patience
    ) async throws(SSHError) -> String? {
        let request = SignatureRequest()
        while true {
            let code = try await repeatedly(patience) { library throws(SSHError) -> Int32? in
                let code = request.authenticate(library, user: target.user, with: candidate.key)
                // Would block on the socket, or on the signature?
                return code == LIBSSH2_ERROR_EAGAIN && request.message == nil ? nil : code
            }
            switch code {
            case 0: return nil
            case LIBSSH2_ERROR_EAGAIN:
                do throws(AgentFault) {
                    let signature = try await agent.signature(
                        of: request.message ?? [], with: candidate.key, until: patience.deadline)
                    request.state = .signed(signature)
                } catch {
                    request.state = .refused(error.description)
                }
            case LIBSSH2_ERROR_AUTHENTICATION_FAILED: return Self.refusal
            case LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED:
                switch request.state {
                case .refused(let why): return why
                case .signed: return "signature refused by the server"
                case .notAsked, .pending, .holds: return Self.refusal
                }
            default: throw failure(.authenticate, code: code)
            }
        }
    }
}
