import CLibSSH2

extension Session {
    /// - Returns: whether the key was accepted.
    func logIn(
        with file: IdentityFile, _ passphrases: Passphrases, _ record: inout AuthenticationRecord
    ) async throws(SSHError) -> Bool {
        func note(_ outcome: String) {
            record.attempts.append(.init(key: "'\(file.path)'", type: file.publicKey?.type, outcome: outcome))
        }
        // A passphrase is asked for only if the server would take the key.
        if file.isEncrypted, let key = file.publicKey, try await !isAcceptable(key) {
            note(Self.refusal)
            return false
        }
        while true {
            var passphrase = ""
            if file.isEncrypted {
                let answer = await passphrases.passphrase(for: file.path)
                if Task.isCancelled { throw failure(.authenticate, .cancelled) }
                guard let answer else {
                    note("it is encrypted and there is no passphrase")
                    return false
                }
                passphrase = answer
            }
            // A person may have taken minutes to answer.
            let patience = Patience(.authenticate, for: timeouts.authentication, until: timeouts.deadline)
            guard let fault = try await logIn(with: file, passphrase: passphrase, patience) else {
                return true
            }
            if fault == .unreadable, file.isEncrypted, passphrases.reject(passphrase, for: file.path) {
                continue
            }
            note(fault.rawValue)
            return false
        }
    }

    private enum KeyFault: String {
        case refused = "refused by the server"
        case unreadable = "it cannot be read, or the passphrase is wrong"
    }

    private func logIn(
        with key: SigningKey, _ publicKey: HostKey, _ patience: Patience
    ) async throws(SSHError) -> KeyFault? {
        let request = SignatureRequest(.holds(key))
        return try await repeatedly(patience) { library throws(SSHError) -> KeyFault?? in
            switch request.authenticate(library, user: target.user, with: publicKey) {
            case LIBSSH2_ERROR_EAGAIN: return nil
            case 0: return .some(nil)
            case LIBSSH2_ERROR_AUTHENTICATION_FAILED, LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED: return .refused
            case let code: throw failure(.authenticate, code: code)
            }
        }
    }

    /// Whether the server would take the key, asked without a signature.
    private func isAcceptable(_ key: HostKey) async throws(SSHError) -> Bool {
        let request = SignatureRequest(.refused("only asking"))
        return try await repeatedly(
            Patience(.authenticate, for: timeouts.authentication, until: timeouts.deadline)
        ) {
            library throws(SSHError) -> Bool? in
            switch request.authenticate(library, user: target.user, with: key) {
            case LIBSSH2_ERROR_EAGAIN: return nil
            case LIBSSH2_ERROR_AUTHENTICATION_FAILED: return false
            // "Callback returned error": it got as far as asking for the signature.
            case 0, LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED: return true
            case let code: throw failure(.authenticate, code: code)
            }
        }
    }

    private func logIn(
        with file: IdentityFile, passphrase: String, _ patience: Patience
    ) async throws(SSHError) -> KeyFault? {
        if let key = file.signingKey, let publicKey = file.publicKey {
            return try await logIn(with: key, publicKey, patience)
        }
        let publicKey = file.publicKey?.description
        return try await repeatedly(patience) { library throws(SSHError) -> KeyFault?? in
            // Never without a passphrase: OpenSSL would ask for one on the terminal itself.
            let code = libssh2_userauth_publickey_frommemory(
                library, target.user, target.user.utf8.count, publicKey, publicKey?.utf8.count ?? 0,
                file.text, file.text.count - 1, passphrase)
            switch code {
            case LIBSSH2_ERROR_EAGAIN: return nil
            case 0: return .some(nil)
            case LIBSSH2_ERROR_AUTHENTICATION_FAILED: return .refused
            case LIBSSH2_ERROR_FILE, LIBSSH2_ERROR_KEYFILE_AUTH_FAILED, LIBSSH2_ERROR_METHOD_NONE,
                LIBSSH2_ERROR_PROTO, LIBSSH2_ERROR_PASSWORD_EXPIRED, -1:
                return .unreadable
            case LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED:
                return Self.lastError(of: library).message.hasPrefix("Callback") ? .unreadable : .refused
            default: throw failure(.authenticate, code: code)
            }
        }
    }
}
