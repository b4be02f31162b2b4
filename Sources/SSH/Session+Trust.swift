import CLibSSH2

/// The proof that a session's host key was checked. Logging in requires this proof.
struct HostKeyProof: Sendable {
    let print: HostKeyPrint

    fileprivate init(_ print: HostKeyPrint) { self.print = print }
}

extension Session {
    /// The types of the keys that the host is known by, from its lines in known_hosts, or from its certificate where
    /// all lines are about authorities.
    func expectedTypes(_ knownHosts: KnownHosts, _ restrictions: SSHRestrictions) async throws(SSHError)
        -> [String]
    {
        let known = knownHosts.keyTypes(for: target)
        guard known.isEmpty, !knownHosts.authorities(for: target).isEmpty else { return known }
        if let remembered = knownHosts.certificates[route] { return [remembered.key.type] }
        let answer = try await certificate(restrictions.algorithms.forCertificates())
        guard case .shown(let blob) = answer,
            let certificate = HostKey(blob: blob).flatMap(KeyCertificate.init)
        else { return [] }
        knownHosts.certificates[route] = certificate
        return [certificate.key.type]
    }

    func verifyHostKey(
        against knownHosts: KnownHosts, _ restrictions: SSHRestrictions, _ address: String?
    ) async throws(SSHError) -> HostKeyProof {
        guard let key = hostKey() else { throw failure(.verifyHostKey, .protocolFailure) }
        let print = HostKeyPrint(key)
        if let bits = restrictions.isTooShort(key) {
            throw failure(
                .verifyHostKey, .hostKeyTooShort(offered: print, bits: bits, bitsMin: restrictions.rsaBitsMin)
            )
        }
        if let revoked = restrictions.revokedKeys, revoked.holds(key) {
            throw failure(.verifyHostKey, .hostKeyRevoked(offered: print, place: revoked.file))
        }
        let knownHosts = try await consult(
            restrictions.knownHostsCommand, besides: knownHosts, about: key, address)
        let check = HostCertificateCheck(target: target, knownHosts: knownHosts, restrictions: restrictions)
        switch knownHosts.verdict(on: key, for: target, address: address) {
        case .trusted where restrictions.algorithms.demandsCertificate(for: key),
            .unknown where restrictions.algorithms.demandsCertificate(for: key):
            if let reason = try await objection(to: key, check) { throw failure(.verifyHostKey, reason) }
        case .trusted: break
        case .changed(let lines):
            guard try await objection(to: key, check) == nil else {
                throw refusal(.changed(lines), key, knownHosts)
            }
        case .unknown where !knownHosts.authorities(for: target).isEmpty:
            if let reason = try await objection(to: key, check) { throw failure(.verifyHostKey, reason) }
        case let verdict:
            guard verdict == .unknown(known: []), let new = restrictions.newHostKeys else {
                throw refusal(verdict, key, knownHosts)
            }
            try await record(key, new)
        }
        return HostKeyProof(print)
    }

    /// - Parameter knownHosts: the known hosts that gave the verdict.
    private func refusal(_ verdict: KnownHosts.Verdict, _ key: HostKey, _ knownHosts: KnownHosts) -> SSHError
    {
        let print = HostKeyPrint(key)
        let reason: SSHError.Reason =
            switch verdict {
            case .trusted: .protocolFailure
            case .unknown where knownHosts.sources.isEmpty && !knownHosts.missing.isEmpty:
                .knownHostsMissing(knownHosts.missing, offered: print)
            case .unknown(let known): .hostKeyUnknown(offered: print, known: known, files: knownHosts.sources)
            case .changed(let lines):
                .hostKeyChanged(
                    offered: print, known: knownHosts.keys(on: lines).map(HostKeyPrint.init), lines: lines)
            case .revoked(let line): .hostKeyRevoked(offered: print, place: "\(line)")
            }
        return failure(.verifyHostKey, reason)
    }

    // MARK: New hosts

    /// Accepts the key of a host that known_hosts does not mention. A key that cannot be recorded is not accepted: the
    /// next connection could not tell whether it meets the same host.
    private func record(_ key: HostKey, _ new: NewHostKeys) async throws(SSHError) {
        let print = HostKeyPrint(key)
        let patience = Patience(.verifyHostKey, for: timeouts.handshake, until: timeouts.deadline)
        switch await offload(
            until: patience.deadline, { [target] in KnownHosts.record(key, of: target, new) })
        {
        case .success(.knownAlready): return
        case .success(.recorded(let file)):
            new.onRecord(
                RecordedHostKey(target: target, key: print, file: file, picture: HostKeyPicture(key).lines))
        case .success(.contradicted(let verdict, let present)): throw refusal(verdict, key, present)
        case .success(.failed(let file, let why)):
            throw failure(.verifyHostKey, .hostKeyNotRecorded(offered: print, file: file, why: why))
        case .failure(.cancelled): throw failure(.verifyHostKey, .cancelled)
        case .failure(.deadlinePassed): throw failure(.verifyHostKey, .deadlinePassed(patience.allowed))
        }
    }

    // MARK: Certificates

    /// The reason why no certificate vouches for the host's key; nil if one does.
    private func objection(to key: HostKey, _ check: HostCertificateCheck) async throws(SSHError)
        -> SSHError.Reason?
    {
        let (print, memory) = (HostKeyPrint(key), check.knownHosts.certificates)
        let authorities = check.knownHosts.authorities(for: target)
        let missing = SSHError.Reason.hostCertificateMissing(
            offered: print, authorities: authorities.map(\.line))
        guard !authorities.isEmpty else { return missing }
        if let remembered = memory[route], check.flaw(of: remembered, for: key, at: UTCTime.now) == nil {
            return replaced(key, memory)
        }
        let algorithms = check.restrictions.algorithms.forCertificates(of: key.kind)
        guard case .shown(let blob) = try await certificate(algorithms) else { return missing }
        guard let certificate = HostKey(blob: blob).flatMap(KeyCertificate.init) else {
            return .hostCertificateRefused(offered: print, .unreadable)
        }
        if let flaw = check.flaw(of: certificate, for: key, at: UTCTime.now) {
            return .hostCertificateRefused(offered: print, flaw)
        }
        memory[route] = certificate
        return replaced(key, memory)
    }

    /// The reason to refuse a key that was replaced. A good certificate vouches for any key, but a host keeps its own
    /// from boot to boot.
    private func replaced(_ key: HostKey, _ memory: HostCertificateMemory) -> SSHError.Reason? {
        let before = memory.firstTrusted(key, of: route)
        return before == key
            ? nil : .hostKeyReplaced(offered: HostKeyPrint(key), before: HostKeyPrint(before))
    }

    private func hostKey() -> HostKey? {
        guard let library else { return nil }
        var count = 0
        var type: Int32 = 0
        guard let bytes = libssh2_session_hostkey(library, &count, &type) else { return nil }
        return HostKey(blob: UnsafeBufferPointer(start: bytes, count: count).map { UInt8(bitPattern: $0) })
    }
}

extension SSHAlgorithms {
    /// The algorithms of keys that are allowed only with a certificate. libssh2 receives the key by these algorithms,
    /// and the certificate is asked for separately.
    var ofCertificatesAlone: [String] {
        let allowed = self[.hostKey] ?? []
        let plain = Set(allowed.map(RSASignature.keyType))
        return Class.hostKey.strong.filter {
            allowed.contains(KeyType($0).certificate.name) && !plain.contains(RSASignature.keyType(of: $0))
        }
    }

    /// True if the key may be used only with a certificate.
    fileprivate func demandsCertificate(for key: HostKey) -> Bool {
        guard let allowed = self[.hostKey] else { return false }
        return !allowed.contains { RSASignature.keyType(of: $0) == key.type }
    }

    /// The algorithms for host certificates that may be asked for, best first.
    ///
    /// - Parameter type: the type of the certified keys; nil for all types that libssh2 can check.
    fileprivate func forCertificates(of type: KeyType? = nil) -> [String] {
        let names = Class.hostKey.strong.filter { type == nil || RSASignature.keyType(of: $0) == type?.name }
            .map { KeyType($0).certificate.name }
        return self[.hostKey].map { allowed in names.filter(allowed.contains) } ?? names
    }
}
