import CLibSSH2

/// Made only by logging in. Every command and transfer demands one.
struct LoginProof: Sendable {
    fileprivate init() {}
}

extension Session {
    /// Tries the agent's keys that are named by an identity file, the agent's others, then the files; as
    /// OpenSSH does.
    func logIn(
        _ proof: HostKeyProof, with credentials: SSHCredentials, _ restrictions: SSHRestrictions
    ) async throws(SSHError) -> LoginProof {
        let choice = KeyChoice(
            types: try usable(.userKey, restrictions.algorithms, for: .authenticate), restrictions)
        let patience = Patience(.authenticate, for: timeouts.authentication, until: timeouts.deadline)
        var record = AuthenticationRecord()
        guard let allowed = try await allowedMethods(patience) else { return finishLogin() }
        record.allowed = allowed
        guard allowed.contains("publickey") else {
            throw failure(.authenticate, .authenticationRefused(record))
        }

        let files = try await identityFiles(credentials, patience, &record)
            .filter { file in
                guard let objection = choice.objection(to: file) else { return true }
                record.attempts.append(
                    .init(key: "'\(file.path)'", type: file.kind, outcome: objection))
                return false
            }
        var refused: Set<HostKey> = []
        if let path = credentials.agentSocket {
            let agent = AgentClient(path: path, loop: loop)
            let isIn = await attempt { () async throws(SSHError) in
                try await self.logIn(
                    through: agent, path, files: files, only: credentials.identitiesOnly, choice, patience,
                    &record,
                    &refused)
            }
            await agent.close()
            if try isIn.get() { return finishLogin() }
        }
        for file in files where !(file.publicKey.map(refused.contains) ?? false) {
            if try await logIn(with: file, credentials.passphrases, &record) { return finishLogin() }
        }
        throw failure(.authenticate, .authenticationRefused(record))
    }

    private func finishLogin() -> LoginProof {
        startKeepalive()
        return LoginProof()
    }

    private func attempt<Value>(_ body: () async throws(SSHError) -> Value) async -> Result<Value, SSHError> {
        do throws(SSHError) { return .success(try await body()) } catch { return .failure(error) }
    }

    /// - Returns: nil if the server asks for nothing more.
    private func allowedMethods(_ patience: Patience) async throws(SSHError) -> [String]? {
        let user = target.user
        return try await repeatedly(patience) { library throws(SSHError) -> [String]?? in
            if let list = libssh2_userauth_list(library, user, UInt32(user.utf8.count)) {
                return .some(
                    Transport.text(list, count: min(strlen(list), 500)).split(separator: ",").map(String.init)
                )
            }
            if libssh2_userauth_authenticated(library) == 1 { return .some(nil) }
            let code = libssh2_session_last_errno(library)
            if code == LIBSSH2_ERROR_EAGAIN { return nil }
            throw failure(.authenticate, code: code)
        }
    }

    private func identityFiles(
        _ credentials: SSHCredentials, _ patience: Patience, _ record: inout AuthenticationRecord
    ) async throws(SSHError) -> [IdentityFile] {
        let paths = credentials.identityFiles
        let outcome: Result<[Result<IdentityFile, SystemFault>], Interruption>
        if let known = credentials.identities.known(paths) {
            outcome = .success(known)
        } else {
            outcome = await offload(until: patience.deadline) { paths.map(credentials.identities.file) }
        }
        switch outcome {
        case .failure(.deadlinePassed): throw failure(.authenticate, .deadlinePassed(patience.allowed))
        case .failure(.cancelled): throw failure(.authenticate, .cancelled)
        case .success(let results):
            var files: [IdentityFile] = []
            for (path, result) in zip(paths, results) {
                switch result {
                case .success(let file): files.append(file)
                case .failure(let fault):
                    record.attempts.append(.init(key: "'\(path)'", type: nil, outcome: fault.description))
                }
            }
            return files
        }
    }
}
