/// A key that may let us in, and what signs with it.
struct LoginKey: Sendable {
    enum Signer: Sendable {
        case agent(AgentKey)
        case file(IdentityFile)
    }

    let signer: Signer
    /// Where it is offered in place of the key.
    let certificate: KeyCertificate?

    init(_ signer: Signer, certificate: KeyCertificate? = nil) {
        self.signer = signer
        self.certificate = certificate
    }

    /// The key or certificate that is offered; nil if only a passphrase would tell.
    var key: HostKey? {
        if let certificate { return certificate.blob }
        return switch signer {
        case .agent(let held): held.key
        case .file(let file): file.publicKey
        }
    }

    var type: String? {
        if case .file(let file) = signer, certificate == nil { return file.kind }
        return key?.type
    }

    /// As a person would point at it.
    var name: String {
        switch signer {
        case .agent(let held): "agent key '\(held.comment)'"
        case .file(let file): "'\(file.path)'"
        }
    }
}

extension LoginKey {
    /// The order of trial: certificates first, then the agent's keys that a file names, the agent's others, then the
    /// files; as OpenSSH does.
    ///
    /// - Parameter isRSALast: with libssh2 1.11, which offers no key any more once a server knew no signature of an
    ///   RSA key.
    static func all(
        files: LoginFiles, held: [AgentKey], only identitiesOnly: Bool,
        isRSALast: Bool = SSHLibrary.isModern
    ) -> [LoginKey] {
        let identities = files.identities
        let certificates = files.certificates.map(\.content)
        let named = identities.compactMap { file in held.first { $0.key == file.publicKey } }
        let others = held.filter { other in
            !named.contains { $0.key == other.key } && !certificates.contains { $0.blob == other.key }
                && (!identitiesOnly || isCertificate(other, of: identities))
        }
        let signed = certificates.compactMap { certificate in
            signer(for: certificate, held: held, files: identities).map {
                LoginKey($0, certificate: certificate)
            }
        }
        let ofAgent =
            (others.filter(\.key.kind.isCertificate) + named + others.filter { !$0.key.kind.isCertificate })
            .map { LoginKey(.agent($0), certificate: KeyCertificate($0.key)) }
        // A public key alone is at its end where the agent has its private half.
        let files = identities.filter { file in
            file.absence == nil || !named.contains { $0.key == file.publicKey }
        }
        let all = signed + ofAgent + files.map { LoginKey(.file($0)) }
        return isRSALast ? all.filter { !$0.isRSA } + all.filter(\.isRSA) : all
    }

    private static func isCertificate(_ held: AgentKey, of files: [IdentityFile]) -> Bool {
        guard let certificate = KeyCertificate(held.key) else { return false }
        return files.contains { $0.publicKey == certificate.key }
    }

    private static func signer(
        for certificate: KeyCertificate, held: [AgentKey], files: [IdentityFile]
    ) -> Signer? {
        let ofAgent = held.first { $0.key == certificate.blob } ?? held.first { $0.key == certificate.key }
        return ofAgent.map(Signer.agent)
            ?? files.first { $0.publicKey == certificate.key && $0.absence == nil }.map(Signer.file)
    }

    private var isRSA: Bool { type.map { KeyType($0).plain == .rsa } ?? false }
}
