import Glibc

/// A person's key with what an authority says of it (OpenSSH's PROTOCOL.certkeys). Read to tell what a server will make
/// of it; the authority's signature is the server's to check.
struct UserCertificate: Hashable, Sendable {
    private static let forUser: UInt32 = 1

    /// As it is offered.
    let blob: HostKey
    /// The key that it is for.
    let key: HostKey
    let keyID: String
    /// Those whom it may log in; none for whomever the server has it stand for.
    let principals: [String]
    /// In seconds since 1970; the second one is the first at which it is no longer valid.
    let validAfter, validBefore: UInt64
    private let purpose: UInt32

    /// - Returns: nil for what is no certificate, or one of a kind that is not known here.
    init?(_ blob: HostKey) {
        var reader = WireReader(blob.blob)
        guard blob.kind.isCertificate, reader.string() != nil, reader.string() != nil,
            let key = Self.key(of: blob.kind.plain, &reader), reader.uint64() != nil,
            let purpose = reader.uint32(),
            let keyID = reader.string(), let principals = reader.string().flatMap(Self.names),
            let validAfter = reader.uint64(), let validBefore = reader.uint64()
        else { return nil }
        self.blob = blob
        self.key = key
        self.keyID = String(decoding: keyID, as: UTF8.self)
        self.principals = principals
        self.purpose = purpose
        (self.validAfter, self.validBefore) = (validAfter, validBefore)
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

    /// Why no server takes it now; nil while one may.
    ///
    /// - Parameter now: in seconds since 1970.
    func objection(at now: UInt64) -> String? {
        if purpose != Self.forUser { return "it is a host's certificate, not a user's" }
        if now < validAfter { return "the certificate is not valid before \(Self.date(validAfter))" }
        if now >= validBefore { return "the certificate expired at \(Self.date(validBefore))" }
        return nil
    }

    /// Why it may not have let the user in, where that can be told.
    func doubt(about user: String) -> String? {
        guard !principals.contains(user) else { return nil }
        return principals.isEmpty
            ? "the certificate names no principal"
            : "the certificate is for \(principals.map { "'\($0)'" }.joined(separator: ", ")), not for '\(user)'"
    }

    private static func date(_ seconds: UInt64) -> String {
        guard var clock = time_t(exactly: seconds) else { return "\(seconds) s after 1970" }
        var parts = tm()
        var text = [CChar](repeating: 0, count: 64)
        guard gmtime_r(&clock, &parts) != nil,
            strftime(&text, text.count, "%Y-%m-%d %H:%M:%S UTC", &parts) > 0
        else {
            return "\(seconds) s after 1970"
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
