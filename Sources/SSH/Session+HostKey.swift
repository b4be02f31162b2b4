import CLibSSH2

extension Session {
    /// Handshake and host key check in one: there is no other way to a proof.
    func exchangeKeys(trusting knownHosts: KnownHosts, _ restrictions: SSHRestrictions) async throws(SSHError)
        -> HostKeyProof
    {
        let address = restrictions.checksAddress ? peer : nil
        try await study(knownHosts, address)
        let known = try await expectedTypes(
            consultOrder(restrictions.knownHostsCommand, besides: knownHosts), restrictions)
        let choice = try choice(restrictions.algorithms, known: known)
        for (kind, names) in choice { try prefer(names, kind) }
        do throws(SSHError) {
            try await shakeHands(choice)
        } catch {
            throw namingWhoIsAsked(namingWhatIsNotSSH(error))
        }
        return try await verifyHostKey(against: knownHosts, restrictions, address)
    }

    /// Looks the host up once, on another thread where there are many hashed lines to try; after that it is quick.
    private func study(_ knownHosts: KnownHosts, _ address: String?) async throws(SSHError) {
        let names =
            KnownHosts.lookupNames(for: target)
            + (address.map { KnownHosts.lookupNames(for: target, address: $0) } ?? [])
        let sought = names.map { Array($0.utf8) }
        guard !knownHosts.isQuick(sought) else { return }
        // No deadline of the host's own: it is not the host that is slow.
        let deadline = timeouts.deadline ?? .now + .seconds(600)
        switch await offload(until: deadline, { for name in sought { _ = knownHosts.entries(for: name) } }) {
        case .success: return
        case .failure(.cancelled): throw failure(.lookUpHostKey, .cancelled)
        case .failure(.deadlinePassed):
            throw failure(
                .lookUpHostKey, .localFault("known_hosts has too many hashed lines to try them all in time"))
        }
    }

    // MARK: Algorithms

    /// The algorithms proposed to the server, by class.
    ///
    /// - Parameter known: the types of the keys that the host is known by.
    private func choice(_ algorithms: SSHAlgorithms, known: [String]) throws(SSHError) -> [SSHAlgorithms
        .Class: [String]]
    {
        var choice: [SSHAlgorithms.Class: [String]] = [:]
        for kind in SSHAlgorithms.Class.negotiated { choice[kind] = try usable(kind, algorithms) }
        if let names = choice[.hostKey] {
            // As OpenSSH does: a host known by its Ed25519 key is not asked for its ECDSA key.
            let isKnown = { (name: String) in known.contains(RSASignature.keyType(of: name)) }
            choice[.hostKey] =
                known.flatMap { type in names.filter { RSASignature.keyType(of: $0) == type } }
                + names.filter { !isKnown($0) }
        }
        return choice
    }

    /// The allowed algorithms that libssh2 has, best first.
    func usable(
        _ kind: SSHAlgorithms.Class, _ algorithms: SSHAlgorithms,
        for operation: SSHError.Operation = .exchangeKeys
    ) throws(SSHError) -> [String] {
        guard let allowed = algorithms[kind] else { return kind.strong }
        let own = kind.strong + kind.weak
        let usable = allowed.filter(own.contains) + (kind == .hostKey ? algorithms.ofCertificatesAlone : [])
        guard !usable.isEmpty else {
            throw failure(
                operation, .algorithmsUnsupported(.init(kind: kind, allowed: allowed, offered: own)))
        }
        return kind.triedFirst(usable)
    }

    private func prefer(_ names: [String], _ kind: SSHAlgorithms.Class) throws(SSHError) {
        guard let library else { return }
        let list = names.joined(separator: ",")
        for method in kind.methods where libssh2_session_method_pref(library, method, list) != 0 {
            // Going on would use libssh2's default list, which ends in arcfour and MD5.
            throw failure(
                .exchangeKeys, .algorithmsUnsupported(.init(kind: kind, allowed: names, offered: [])))
        }
    }

    private func handshakeFailure(_ code: Int32, _ choice: [SSHAlgorithms.Class: [String]]) -> SSHError {
        let disagreements = [
            LIBSSH2_ERROR_KEX_FAILURE, LIBSSH2_ERROR_METHOD_NONE, LIBSSH2_ERROR_KEY_EXCHANGE_FAILURE,
        ]
        return failure(
            .exchangeKeys, code: code,
            or: disagreements.contains(code)
                ? .noCommonAlgorithm(self.disagreements(choice)) : .protocolFailure)
    }

    private func disagreements(_ choice: [SSHAlgorithms.Class: [String]]) -> [AlgorithmDisagreement] {
        SSHAlgorithms.Class.negotiated.compactMap { kind in
            guard let allowed = choice[kind], let offered = transport?.offer.lists[kind],
                !offered.contains(where: allowed.contains)
            else { return nil }
            return AlgorithmDisagreement(kind: kind, allowed: allowed, offered: offered)
        }
    }

    // MARK: Handshake

    private func shakeHands(_ choice: [SSHAlgorithms.Class: [String]]) async throws(SSHError) {
        let patience = Patience(.exchangeKeys, for: timeouts.handshake, until: timeouts.deadline)
        if silence.isPending {
            let short = Patience(
                .exchangeKeys, for: SilenceNotice.afterConnect, until: patience.deadline)
            do throws(SSHError) {
                return try await shakeHands(choice, short)
            } catch {
                guard case .deadlinePassed = error.reason, !patience.isOver else { throw error }
                if transport?.heard == 0 { silence.give() }
            }
        }
        try await shakeHands(choice, patience)
    }

    private func shakeHands(_ choice: [SSHAlgorithms.Class: [String]], _ patience: Patience)
        async throws(SSHError)
    {
        guard let descriptor = transport?.descriptor else {
            throw failure(.exchangeKeys, .connectionLost("it was closed here"))
        }
        try await repeatedly(patience) { library throws(SSHError) -> Void? in
            let code = libssh2_session_handshake(library, descriptor)
            if code == LIBSSH2_ERROR_EAGAIN {
                guard transport?.greeting.isHopeless == true else { return nil }
                throw failure(.exchangeKeys, .protocolFailure)
            }
            guard code == 0 else { throw handshakeFailure(code, choice) }
            return ()
        }
    }
}

extension SSHAlgorithms.Class {
    /// The classes that a key exchange negotiates.
    static let negotiated: [SSHAlgorithms.Class] = [.keyExchange, .hostKey, .cipher, .mac]

    fileprivate var methods: [Int32] {
        switch self {
        case .keyExchange: [LIBSSH2_METHOD_KEX]
        case .hostKey: [LIBSSH2_METHOD_HOSTKEY]
        case .cipher: [LIBSSH2_METHOD_CRYPT_CS, LIBSSH2_METHOD_CRYPT_SC]
        case .mac: [LIBSSH2_METHOD_MAC_CS, LIBSSH2_METHOD_MAC_SC]
        case .userKey, .authority: []
        }
    }
}
