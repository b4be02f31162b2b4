import CLibSSH2

/// A private Ed25519 key, taken apart once for any number of logins. libssh2 reads the text of a key file anew at every
/// login, with all the decoders that OpenSSL has, which costs more than everything else of a connection together.
final class SigningKey: Sendable {
    static let seedBytes = 32
    private static let signatureBytes = 64

    // Never changed once made, and OpenSSL lets any thread sign with it.
    nonisolated(unsafe) private let key: OpaquePointer

    /// - Returns: nil unless the seed is that of the public key.
    init?(seed: [UInt8], publicKey: [UInt8]) {
        guard seed.count == Self.seedBytes,
            let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
        else { return nil }
        self.key = key
        var own = [UInt8](repeating: 0, count: Self.seedBytes)
        var count = own.count
        guard EVP_PKEY_get_raw_public_key(key, &own, &count) == 1, own == publicKey else { return nil }
    }

    deinit { EVP_PKEY_free(key) }

    func signature(of message: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: Self.signatureBytes)
        var count = signature.count
        guard EVP_DigestSignInit(context, nil, nil, nil, key) == 1,
            EVP_DigestSign(context, &signature, &count, message.baseAddress, message.count) == 1,
            count == signature.count
        else { return nil }
        return signature
    }
}
