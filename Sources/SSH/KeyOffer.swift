/// A key as it is offered.
struct KeyOffer: Sendable {
    /// Key or certificate.
    let key: HostKey
    /// The bytes for libssh2, which takes the algorithm's name from them. libssh2 1.10 knows no RSA signature but by
    /// SHA-1, so there an RSA key has the name of the signature to be made.
    let blob: [UInt8]
    /// The signatures that may be made, best first; at least one.
    let signatures: [String]

    init(_ key: HostKey, signatures: [String], isNamedForSignature: Bool) {
        self.key = key
        self.signatures = signatures
        blob = isNamedForSignature ? key.blob(named: signatures.first ?? key.type) : key.blob
    }

    /// As a line of a `.pub` file, from which libssh2 takes the algorithm's name. 1.10 has the key's own alone.
    var text: String {
        guard SSHLibrary.isModern, key.kind.plain == .rsa, let best = signatures.first else {
            return key.description
        }
        let name = key.kind.isCertificate ? KeyType(best).certificate.name : best
        return "\(name) \(Base64.encode(key.blob))"
    }
}

extension HostKey {
    /// The key under another name.
    fileprivate func blob(named name: String) -> [UInt8] {
        var reader = WireReader(blob)
        guard reader.string() != nil else { return blob }
        var writer = WireWriter()
        writer.string(name.utf8)
        return writer.bytes + reader.remainder()
    }
}
