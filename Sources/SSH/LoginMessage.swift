/// The message that is signed to log in with a key (RFC 4252 section 7). libssh2 makes it, and names the algorithm in it.
struct LoginMessage: Sendable {
    private static let request: UInt8 = 50

    let bytes: [UInt8]
    /// The algorithm of the signature, without a certificate's suffix.
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
