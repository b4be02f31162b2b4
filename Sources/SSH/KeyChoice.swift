/// Decides which of a person's keys may be offered to a server, and how they sign.
struct KeyChoice: Sendable {
    private let algorithms: [String]
    private let restrictions: SSHRestrictions
    private let server: ServerVersion
    private let libraryIsModern: Bool

    /// - Parameter algorithms: that may be used, best first.
    init(
        algorithms: [String], _ restrictions: SSHRestrictions, server: ServerVersion,
        libraryIsModern: Bool = SSHLibrary.isModern
    ) {
        self.algorithms = algorithms
        self.restrictions = restrictions
        self.server = server
        self.libraryIsModern = libraryIsModern
    }

    /// How a key or certificate is offered.
    func offer(_ key: HostKey) -> Result<KeyOffer, KeyObjection> {
        Result { () throws(KeyObjection) in
            if !libraryIsModern, let missing = key.kind.missingInOldLibrary { throw .libraryTooOld(missing) }
            guard key.kind.plain == .rsa else {
                guard algorithms.contains(key.type) else { throw .notAllowed }
                return KeyOffer(key, signatures: [key.kind.plain.name], isNamedForSignature: false)
            }
            if let bits = restrictions.isTooShort(KeyCertificate(key)?.key ?? key) {
                throw .tooShort(bits: bits, bitsMin: restrictions.rsaBitsMin)
            }
            let signatures = try rsaSignatures(certified: key.kind.isCertificate)
            return KeyOffer(
                key, signatures: signatures.map(\.rawValue), isNamedForSignature: !libraryIsModern)
        }
    }

    /// The signatures that an RSA key may make here, best first; never none.
    private func rsaSignatures(certified: Bool) throws(KeyObjection) -> [RSASignature] {
        let allowed = algorithms.filter { KeyType($0).isCertificate == certified }.compactMap(
            RSASignature.init(of:))
        guard !allowed.isEmpty else { throw .notAllowed }
        let known = server.knowsRSAWithSHA2 ? allowed : allowed.filter { $0 == .sha1 }
        guard !known.isEmpty else { throw .serverTooOld(server.software) }
        // SHA-1 last, wherever it stands: where it is allowed at all, that is for servers that know nothing better.
        return known.filter { $0 != .sha1 } + known.filter { $0 == .sha1 }
    }

    /// Why a file may not be used although its key may.
    func objection(to offer: KeyOffer, from file: IdentityFile) -> KeyObjection? {
        let isUseless =
            !libraryIsModern && file.isOnlyForLibrary && offer.key.kind == .rsa
            && !offer.signatures.contains(RSASignature.sha1.rawValue)
        return isUseless ? .fileOnlyForLibrary(file.path) : nil
    }

    /// Why a key of which no more is known than its kind may not be used.
    ///
    /// - Parameter kind: a name, or how it begins; nil where only its passphrase would tell.
    func objection(toKind kind: String?) -> KeyObjection? {
        guard let kind, kind != KeyType.rsa.name else { return nil }
        return algorithms.contains { $0 == kind || $0.hasPrefix(kind + "-") } ? nil : .notAllowed
    }

    /// The algorithms that libssh2 1.11 may choose from for RSA keys, as a list of SSH. SHA-1 ends it, although it may not be
    /// allowed: where the list and the server's have nothing in common, libssh2 offers no further key in the session.
    var rsaPreference: String {
        let strong = algorithms.compactMap(RSASignature.init(of:)).filter { $0 != .sha1 }
        return (strong + [.sha1]).map(\.rawValue).joined(separator: ",")
    }
}

extension RSASignature {
    /// - Parameter algorithm: of a key, or of a certificate.
    fileprivate init?(of algorithm: String) { self.init(rawValue: KeyType(algorithm).plain.name) }
}

extension KeyType {
    /// The feature that libssh2 1.10 lacks for such a key; nil if it lacks none.
    fileprivate var missingInOldLibrary: String? {
        isCertificate ? "certificates" : isHardware ? "hardware keys" : nil
    }
}
