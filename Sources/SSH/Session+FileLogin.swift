import CLibSSH2

extension Session {
    /// - Parameter certificate: offered in place of the key.
    func logIn(
        with file: IdentityFile, _ certificate: KeyCertificate?, _ answers: GivenAnswers,
        _ choice: KeyChoice
    ) async throws(SSHError) -> KeyOutcome {
        if let absence = file.absence {
            return .failed("\(absence), and no agent holds the private key")
        }
        let offered = certificate?.blob ?? file.publicKey
        if let refusal = try await refusal(of: file, offered, choice) { return refusal }
        while true {
            var passphrase = ""
            if file.isEncrypted {
                let answer = await answers.answer(to: .passphrase(path: file.path))
                if Task.isCancelled { throw failure(.authenticate, .cancelled) }
                guard let answer else { return .failed("it is encrypted and there is no passphrase") }
                passphrase = answer
            }
            // A person may have taken minutes to answer.
            let patience = Patience(.authenticate, for: timeouts.authentication, until: timeouts.deadline)
            let outcome =
                switch file.open(passphrase: passphrase) {
                case .key(let key):
                    try await logIn(with: key, offering: offered ?? key.publicKey, choice, patience)
                case .forLibrary(let kind):
                    try await logInByLibrary(
                        with: file, kind, offered, passphrase: passphrase, choice, patience)
                }
            guard let outcome else {
                if file.isEncrypted, answers.reject(passphrase, to: .passphrase(path: file.path)) { continue }
                return .failed("it cannot be read, or the passphrase is wrong")
            }
            return outcome
        }
    }

    /// Why the file is of no use, as far as that can be told without its passphrase: one is asked for only if the
    /// server would take the key.
    private func refusal(
        of file: IdentityFile, _ offered: HostKey?, _ choice: KeyChoice
    ) async throws(SSHError) -> KeyOutcome? {
        guard let offered else { return choice.objection(toKind: file.kind).map(KeyOutcome.init) }
        switch choice.offer(offered) {
        case .failure(let objection): return KeyOutcome(objection)
        case .success(let offer):
            if let objection = choice.objection(to: offer, from: file) { return KeyOutcome(objection) }
            guard file.isEncrypted else { return nil }
            return try await isAcceptable(offer) ? nil : .refusedByServer
        }
    }

    private func logIn(
        with key: SigningKey, offering offered: HostKey, _ choice: KeyChoice, _ patience: Patience
    ) async throws(SSHError) -> KeyOutcome? {
        switch choice.offer(offered) {
        case .failure(let objection): return KeyOutcome(objection)
        case .success(let offer):
            let request = SignatureRequest(offer, .holds(key))
            return try await repeatedly(patience) { library throws(SSHError) -> KeyOutcome? in
                let code = request.authenticate(library, user: target.user)
                return code == LIBSSH2_ERROR_EAGAIN ? nil : try outcome(of: request, code)
            }
        }
    }

    /// Asks, without a signature, whether the server would take the key.
    private func isAcceptable(_ offer: KeyOffer) async throws(SSHError) -> Bool {
        let request = SignatureRequest(offer, .refused("only asking"))
        return try await repeatedly(
            Patience(.authenticate, for: timeouts.authentication, until: timeouts.deadline)
        ) { library throws(SSHError) -> Bool? in
            switch request.authenticate(library, user: target.user) {
            case LIBSSH2_ERROR_EAGAIN: return nil
            case LIBSSH2_ERROR_AUTHENTICATION_FAILED, LIBSSH2_ERROR_METHOD_NONE: return false
            // "Callback returned error": it got as far as asking for the signature.
            case 0, LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED: return true
            case let code: throw failure(.authenticate, code: code)
            }
        }
    }

    /// - Parameter kind: of the key, or how its name begins.
    /// - Returns: nil where the file cannot be read, or not with this passphrase.
    private func logInByLibrary(
        with file: IdentityFile, _ kind: String?, _ offered: HostKey?, passphrase: String,
        _ choice: KeyChoice,
        _ patience: Patience
    ) async throws(SSHError) -> KeyOutcome? {
        var publicText: String?
        if let offered {
            guard case .success(let offer) = choice.offer(offered) else { return .refusedByServer }
            publicText = offer.text
        } else if let objection = choice.objection(toKind: kind) {
            return KeyOutcome(objection)
        }
        return try await repeatedly(patience) { library throws(SSHError) -> KeyOutcome?? in
            // Never without a passphrase: OpenSSL would ask for one on the terminal itself.
            let code = libssh2_userauth_publickey_frommemory(
                library, target.user, target.user.utf8.count, publicText, publicText?.utf8.count ?? 0,
                file.text, file.text.count - 1, passphrase)
            switch code {
            case LIBSSH2_ERROR_EAGAIN: return nil
            case 0: return .some(.accepted)
            case LIBSSH2_ERROR_AUTHENTICATION_FAILED: return .some(.refusedByServer)
            case LIBSSH2_ERROR_FILE, LIBSSH2_ERROR_KEYFILE_AUTH_FAILED, LIBSSH2_ERROR_METHOD_NONE,
                LIBSSH2_ERROR_PROTO, LIBSSH2_ERROR_PASSWORD_EXPIRED, -1:
                return .some(nil)
            case LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED:
                return Self.lastError(of: library).message.hasPrefix("Callback")
                    ? .some(nil) : .some(.signatureRefused)
            default: throw failure(.authenticate, code: code)
            }
        }
    }
}
