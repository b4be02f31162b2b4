/// What is signed to log in with a key (RFC 4252 section 7), made by libssh2, which names the algorithm in it.
struct LoginMessage: Sendable {
    private static let request: UInt8 = 50

    let bytes: [UInt8]
    /// That of the signature, without what marks a certificate.
    let algorithm: String

    /// - Returns: nil for anything else.
    init?(_ bytes: [UInt8]) {
        var reader = WireReader(bytes)
        guard reader.string() != nil, reader.byte() == Self.request, reader.string() != nil,
            reader.string() != nil, reader.string() == Array("publickey".utf8), reader.byte() == 1,
            let name = reader.string(), reader.string() != nil, reader.isAtEnd
        else { return nil }
        self.bytes = bytes
        algorithm = KeyType(String(decoding: name, as: UTF8.self)).plain.name
    }
}
