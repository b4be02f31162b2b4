import CLibSSH2

/// Made only by logging in. Every command and transfer demands one.
struct LoginProof: Sendable {
    fileprivate init() {}
}

extension Session {
    func logIn(
        _ proof: HostKeyProof, with credentials: SSHCredentials, _ restrictions: SSHRestrictions
    ) async throws(SSHError) -> LoginProof {
        let choice = KeyChoice(
            algorithms: try usable(.userKey, restrictions.algorithms, for: .authenticate), restrictions,
            server: serverVersion)
        let patience = Patience(.authenticate, for: timeouts.authentication, until: timeouts.deadline)
        var record = AuthenticationRecord()
        guard let allowed = try await allowedMethods(patience) else { return finishLogin() }
        record.allowed = allowed
        preferSignatures(choice)

        let agent = credentials.agentSocket.map { AgentClient(path: $0, loop: loop) }
        let isIn = await attempt { () async throws(SSHError) in
            try await self.logIn(credentials, agent, choice, restrictions.methods, &record)
        }
        await agent?.close()
        if case .failure(let error) = isIn, case .connectionLost(let said) = error.reason,
            said.contains("Too many authentication failures")
        {
            record.isCutShort = true
            throw failure(.authenticate, .authenticationRefused(record))
        }
        guard try isIn.get() else { throw failure(.authenticate, .authenticationRefused(record)) }
        return finishLogin()
    }

    /// Goes the ways that the server leaves open, until it lets us in.
    ///
    /// - Returns: whether it did.
    private func logIn(
        _ credentials: SSHCredentials, _ agent: AgentClient?, _ choice: KeyChoice, _ methods: [LoginMethod],
        _ record: inout AuthenticationRecord
    ) async throws(SSHError) -> Bool {
        var open = record.allowed
        for _ in 0..<LoginMethod.stepsMax {
            var further: [String]?
            for method in methods where further == nil && open.contains(method.rawValue) {
                let outcome: MethodOutcome =
                    switch method {
                    case .publicKey: try await logInByKey(credentials, agent, choice, open, &record)
                    case .keyboardInteractive: try await logInByDialogue(credentials.answers, open, &record)
                    case .password: try await logInByPassword(credentials.answers, open, &record)
                    }
                switch outcome {
                case .accepted: return true
                case .furtherStep(let left): further = left
                case .refused: break
                }
            }
            guard let further else { return false }
            open = further
            record.allowed = further
        }
        return false
    }

    /// A server refuses a good key or answer in the same words as a bad one where it wants another method besides. Then its
    /// list of methods is another one.
    ///
    /// - Returns: nil where it is the same.
    func furtherStep(after open: [String]) async throws(SSHError) -> MethodOutcome? {
        guard let now = try await allowedMethods(loginPatience) else { return .accepted }
        return now == open ? nil : .furtherStep(now)
    }

    private func finishLogin() -> LoginProof {
        startKeepalive()
        return LoginProof()
    }

    private func attempt<Value>(_ body: () async throws(SSHError) -> Value) async -> Result<Value, SSHError> {
        do throws(SSHError) { return .success(try await body()) } catch { return .failure(error) }
    }

    // MARK: The keys

    private func logInByKey(
        _ credentials: SSHCredentials, _ agent: AgentClient?, _ choice: KeyChoice, _ open: [String],
        _ record: inout AuthenticationRecord
    ) async throws(SSHError) -> MethodOutcome {
        let patience = loginPatience
        let files = try await files(credentials, patience, &record)
        var held: [AgentKey] = []
        if let agent { held = try await keys(of: agent, patience, &record) }
        let keys = LoginKey.all(files: files, held: held, only: credentials.identitiesOnly)
        for certificate in files.certificates
        where !keys.contains(where: { $0.certificate == certificate.content }) {
            record.note(
                "'\(certificate.path)'", certificate.content.blob.type, "there is no private key for it")
        }
        var settled: Set<HostKey> = []
        for key in keys where !(key.key.map(settled.contains) ?? false) {
            switch try await logIn(key, agent, credentials.answers, choice, patience) {
            case .accepted: return .accepted
            case .signatureRefused:
                if let further = try await furtherStep(after: open) {
                    record.note(key.name, key.type, "accepted, but not enough")
                    return further
                }
                record.note(key.name, key.type, "signature refused by the server")
                if let offered = key.key { settled.insert(offered) }
            case .failed(let why): record.note(key.name, key.type, why)
            case .refused(let why, let remedy):
                record.note(key.name, key.type, why, remedy: remedy)
                if let offered = key.key { settled.insert(offered) }
            }
        }
        return .refused
    }

    private func logIn(
        _ key: LoginKey, _ agent: AgentClient?, _ answers: GivenAnswers, _ choice: KeyChoice,
        _ patience: Patience
    ) async throws(SSHError) -> KeyOutcome {
        if let objection = key.certificate?.objection(at: UTCTime.now) {
            return .refused(objection)
        }
        let outcome: KeyOutcome
        switch key.signer {
        case .file(let file): outcome = try await logIn(with: file, key.certificate, answers, choice)
        case .agent(let held):
            guard let agent else { return .failed("there is no agent") }
            outcome = try await logIn(
                with: held.key, offering: key.certificate?.blob ?? held.key, agent, choice, patience)
        }
        guard case .refused(let why, let remedy) = outcome,
            let doubt = key.certificate?.doubt(about: target.user)
        else {
            return outcome
        }
        return .refused("\(why); \(doubt)", remedy: remedy)
    }

    private func files(
        _ credentials: SSHCredentials, _ patience: Patience, _ record: inout AuthenticationRecord
    ) async throws(SSHError) -> LoginFiles {
        let files: LoginFiles
        if let known = credentials.files.known {
            files = known
        } else {
            switch await offload(until: patience.deadline, { credentials.files.read() }) {
            case .failure(.deadlinePassed): throw failure(.authenticate, .deadlinePassed(patience.allowed))
            case .failure(.cancelled): throw failure(.authenticate, .cancelled)
            case .success(let read): files = read
            }
        }
        for fault in files.faults { record.note("'\(fault.path)'", nil, fault.why) }
        return files
    }

    // MARK: The server

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

    private var serverVersion: ServerVersion {
        guard let library, let line = libssh2_session_banner_get(library) else { return ServerVersion("") }
        return ServerVersion(Transport.text(line, count: min(strlen(line), 255)))
    }

    private func preferSignatures(_ choice: KeyChoice) {
        guard SSHLibrary.isModern, let library else { return }
        _ = libssh2_session_method_pref(library, LIBSSH2_METHOD_SIGN_ALGO, choice.rsaPreference)
    }
}
