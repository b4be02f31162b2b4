import CLibSSH2

/// A private key of Ed25519 or RSA, taken apart once for any number of logins. libssh2 reads the text of a key file
/// anew at every login, with all the decoders that OpenSSL has, which costs more than everything else of a connection
/// together; and 1.10 signs with RSA keys by SHA-1 alone.
final class SigningKey: Sendable {
    static let seedBytes = 32

    // Never changed once made, and OpenSSL lets any thread sign with it.
    nonisolated(unsafe) private let key: OpaquePointer
    let publicKey: HostKey

    /// - Parameter key: freed with this, or at once where this is not made.
    /// - Returns: nil for another kind of key.
    init?(taking key: OpaquePointer) {
        guard let publicKey = Self.publicKey(of: key) else {
            EVP_PKEY_free(key)
            return nil
        }
        self.key = key
        self.publicKey = publicKey
    }

    convenience init?(ed25519Seed seed: [UInt8]) {
        guard seed.count == Self.seedBytes,
            let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
        else { return nil }
        self.init(taking: key)
    }

    deinit { EVP_PKEY_free(key) }

    /// - Parameter algorithm: as SSH names it.
    /// - Returns: the signature proper; nil for an algorithm that is not this key's.
    func signature(of message: [UInt8], algorithm: String) -> [UInt8]? {
        guard let digest = digest(algorithm), let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        var count = 0
        guard EVP_DigestSignInit(context, nil, digest.pointer, nil, key) == 1,
            EVP_DigestSign(context, nil, &count, message, message.count) == 1
        else { return nil }
        var signature = [UInt8](repeating: 0, count: count)
        guard EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else { return nil }
        return Array(signature.prefix(count))
    }

    /// Nil inside for Ed25519, which hashes by itself.
    private struct Digest { var pointer: OpaquePointer? }

    private func digest(_ algorithm: String) -> Digest? {
        switch publicKey.kind {
        case .ed25519 where algorithm == KeyType.ed25519.name: Digest()
        case .rsa: RSASignature(rawValue: algorithm).map { Digest(pointer: $0.digest) }
        default: nil
        }
    }

    // MARK: The public half

    private static func publicKey(of key: OpaquePointer) -> HostKey? {
        var blob = WireWriter()
        switch EVP_PKEY_get_base_id(key) {
        case EVP_PKEY_ED25519:
            var bytes = [UInt8](repeating: 0, count: seedBytes)
            var count = bytes.count
            guard EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1 else { return nil }
            blob.string(KeyType.ed25519.name.utf8)
            blob.string(bytes)
        case EVP_PKEY_RSA:
            guard let exponent = number(OSSL_PKEY_PARAM_RSA_E, of: key),
                let modulus = number(OSSL_PKEY_PARAM_RSA_N, of: key)
            else { return nil }
            blob.string(KeyType.rsa.name.utf8)
            blob.string(exponent)
            blob.string(modulus)
        default: return nil
        }
        return HostKey(blob: blob.bytes)
    }

    private static func number(_ name: String, of key: OpaquePointer) -> [UInt8]? {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, name, &number) == 1, let number else { return nil }
        return BigNumber(taking: number).wireBytes
    }
}
