import CLibSSH2

/// Made only by checking a session's host key. Logging in demands one.
struct HostKeyProof: Sendable {
    let print: HostKeyPrint

    fileprivate init(_ print: HostKeyPrint) { self.print = print }
}

extension Session {
    /// What libssh2 1.10 can verify, best first.
    private static let hostKeyTypes = [
        "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa",
    ]

    /// Handshake and host key check in one: there is no other way to a proof.
    func exchangeKeys(trusting knownHosts: KnownHosts) async throws(SSHError) -> HostKeyProof {
        let known = knownHosts.keyTypes(for: target)
        // As OpenSSH does: a host known by its Ed25519 key is not asked for its ECDSA key.
        let preferred =
            known.filter(Self.hostKeyTypes.contains) + Self.hostKeyTypes.filter { !known.contains($0) }
        withLibrary { prepare($0, hostKeyTypes: preferred) }
        do throws(SSHError) {
            try await shakeHands(hostKeyTypes: known.isEmpty ? preferred : known)
        } catch {
            guard error.reason != .cancelled, let said = transport?.greeting.saidInstead else { throw error }
            throw failure(.exchangeKeys, .notSSH(said: said))
        }
        return try verifyHostKey(against: knownHosts)
    }

    private func shakeHands(hostKeyTypes: [String]) async throws(SSHError) {
        let patience = Patience(.exchangeKeys, for: timeouts.handshake, until: timeouts.deadline)
        if silence.isPending {
            let short = Patience(
                .exchangeKeys, for: SilenceNotice.afterConnect, until: patience.deadline)
            do throws(SSHError) {
                return try await shakeHands(hostKeyTypes, short)
            } catch {
                guard case .deadlinePassed = error.reason, !patience.isOver else { throw error }
                if transport?.heard == 0 { silence.give() }
            }
        }
        try await shakeHands(hostKeyTypes, patience)
    }

    private func shakeHands(_ hostKeyTypes: [String], _ patience: Patience) async throws(SSHError) {
        guard let descriptor = transport?.descriptor else {
            throw failure(.exchangeKeys, .connectionLost("it was closed here"))
        }
        try await repeatedly(patience) { library throws(SSHError) -> Void? in
            let code = libssh2_session_handshake(library, descriptor)
            if code == LIBSSH2_ERROR_EAGAIN {
                guard transport?.greeting.isHopeless == true else { return nil }
                throw failure(.exchangeKeys, .protocolFailure)
            }
            guard code == 0 else { throw handshakeFailure(code, hostKeyTypes: hostKeyTypes) }
            return ()
        }
    }

    private func prepare(_ library: OpaquePointer, hostKeyTypes: [String]) {
        // libssh2's own lists end in arcfour and MD5; every OpenSSH since 2004 has these.
        let preferences = [
            (LIBSSH2_METHOD_HOSTKEY, hostKeyTypes.joined(separator: ",")),
            (LIBSSH2_METHOD_CRYPT_CS, "aes256-ctr,aes192-ctr,aes128-ctr"),
            (LIBSSH2_METHOD_CRYPT_SC, "aes256-ctr,aes192-ctr,aes128-ctr"),
            (LIBSSH2_METHOD_MAC_CS, "hmac-sha2-256,hmac-sha2-512,hmac-sha1"),
            (LIBSSH2_METHOD_MAC_SC, "hmac-sha2-256,hmac-sha2-512,hmac-sha1"),
        ]
        // A refused preference leaves libssh2's default; the handshake then says what fails.
        for (method, names) in preferences { _ = libssh2_session_method_pref(library, method, names) }
    }

    private func handshakeFailure(_ code: Int32, hostKeyTypes: [String]) -> SSHError {
        let disagreements = [
            LIBSSH2_ERROR_KEX_FAILURE, LIBSSH2_ERROR_METHOD_NONE, LIBSSH2_ERROR_KEY_EXCHANGE_FAILURE,
        ]
        return failure(
            .exchangeKeys, code: code,
            or: disagreements.contains(code)
                ? .noCommonAlgorithm(hostKeyTypes: hostKeyTypes) : .protocolFailure)
    }

    private func verifyHostKey(against knownHosts: KnownHosts) throws(SSHError) -> HostKeyProof {
        var offered: (key: HostKey, digest: [UInt8])?
        withLibrary { library in
            var count = 0
            var type: Int32 = 0
            guard let bytes = libssh2_session_hostkey(library, &count, &type),
                let digest = libssh2_hostkey_hash(library, LIBSSH2_HOSTKEY_HASH_SHA256),
                let key = HostKey(
                    blob: UnsafeBufferPointer(start: bytes, count: count).map { UInt8(bitPattern: $0) })
            else { return }
            offered = (key, UnsafeBufferPointer(start: digest, count: 32).map { UInt8(bitPattern: $0) })
        }
        guard let offered else { throw failure(.verifyHostKey, .protocolFailure) }
        let print = HostKeyPrint(type: offered.key.type, digest: offered.digest)
        switch knownHosts.verdict(on: offered.key, for: target) {
        case .trusted: return HostKeyProof(print)
        case .unknown(let known):
            throw failure(
                .verifyHostKey, .hostKeyUnknown(offered: print, known: known, files: knownHosts.files))
        case .changed(let lines): throw failure(.verifyHostKey, .hostKeyChanged(offered: print, lines: lines))
        case .revoked(let line): throw failure(.verifyHostKey, .hostKeyRevoked(offered: print, line: line))
        }
    }
}
