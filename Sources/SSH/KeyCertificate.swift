/// A key with what an authority says of it (OpenSSH's PROTOCOL.certkeys). Reading it checks nothing: a user's is the
/// server's to check, and a host's is checked by `HostCertificateCheck`.
struct KeyCertificate: Hashable, Sendable {
    enum Purpose: UInt32 {
        case user = 1
        case host = 2
    }

    /// As it is offered.
    let blob: HostKey
    /// The key that it is for.
    let key: HostKey
    let serial: UInt64
    let purpose: Purpose
    let keyID: [UInt8]
    /// The users whom it may log in, or the hosts that it may stand for.
    let principals: [String]
    /// In seconds since 1970; the second one is the first at which it is no longer valid.
    let validAfter, validBefore: UInt64
    /// The names of what must be obeyed by those who accept it.
    let criticalOptions: [String]
    let authority: HostKey
    let signature: KeySignature
    /// The bytes that were signed.
    let signedBytes: [UInt8]

    /// - Returns: nil for what is no certificate, or one of a kind that is not known here.
    init?(_ blob: HostKey) {
        var reader = WireReader(blob.blob)
        guard blob.kind.isCertificate, reader.string() != nil, reader.string() != nil,
            let key = Self.key(of: blob.kind.plain, &reader), let serial = reader.uint64(),
            let purpose = reader.uint32().flatMap(Purpose.init),
            let keyID = reader.string(), let principals = reader.string().flatMap(Self.names),
            let validAfter = reader.uint64(), let validBefore = reader.uint64(),
            let options = reader.string().flatMap(Self.optionNames),
            // Extensions of users alone, and what is reserved.
            reader.string() != nil, reader.string() != nil,
            let authority = reader.string().flatMap(HostKey.init(blob:))
        else { return nil }
        let signedCount = blob.blob.count - reader.count
        guard let signature = reader.string().flatMap(KeySignature.init), reader.isAtEnd else { return nil }
        self.blob = blob
        self.key = key
        self.serial = serial
        self.purpose = purpose
        self.keyID = keyID
        self.principals = principals
        (self.validAfter, self.validBefore) = (validAfter, validBefore)
        self.criticalOptions = options
        self.authority = authority
        self.signature = signature
        self.signedBytes = Array(blob.blob.prefix(signedCount))
    }

    private static func key(of type: KeyType, _ reader: inout WireReader) -> HostKey? {
        let fields: [String: Int] = [
            "ssh-ed25519": 1, "ssh-rsa": 2, "ecdsa-sha2-nistp256": 2, "ecdsa-sha2-nistp384": 2,
            "ecdsa-sha2-nistp521": 2, "sk-ssh-ed25519@openssh.com": 2,
            "sk-ecdsa-sha2-nistp256@openssh.com": 3,
        ]
        guard let count = fields[type.name] else { return nil }
        var blob = WireWriter()
        blob.string(type.name.utf8)
        for _ in 0..<count {
            guard let field = reader.string() else { return nil }
            blob.string(field)
        }
        return HostKey(blob: blob.bytes)
    }

    private static func names(_ bytes: [UInt8]) -> [String]? {
        var reader = WireReader(bytes)
        var names: [String] = []
        while !reader.isAtEnd {
            guard let name = reader.string() else { return nil }
            names.append(String(decoding: name, as: UTF8.self))
        }
        return names
    }

    /// The names among names and values in turn.
    private static func optionNames(_ bytes: [UInt8]) -> [String]? {
        guard let strings = names(bytes), strings.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: strings.count, by: 2).map { strings[$0] }
    }
}
