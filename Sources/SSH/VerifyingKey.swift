import CLibSSH2

/// A public key that signatures are checked with: of Ed25519, ECDSA or RSA.
final class VerifyingKey {
    private enum Kind {
        case ed25519
        case ecdsa(EllipticCurve)
        /// The modulus' length in bytes.
        case rsa(Int)
    }

    private let key: OpaquePointer
    private let kind: Kind

    /// - Returns: nil for a key of another kind, and for one that is none.
    init?(_ key: HostKey) {
        var reader = WireReader(key.blob)
        guard reader.string() != nil, let kind = Self.kind(of: key),
            let pointer = Self.read(kind, &reader), reader.isAtEnd
        else {
            ERR_clear_error()
            return nil
        }
        self.key = pointer
        self.kind = kind
    }

    deinit { EVP_PKEY_free(key) }

    /// True if a message was signed with the key's private half, and not by SHA-1.
    func verifies(_ signature: KeySignature, of message: [UInt8]) -> Bool {
        guard let digest = digest(signature.algorithm), let bytes = form(signature.bytes),
            let context = EVP_MD_CTX_new()
        else { return false }
        defer {
            EVP_MD_CTX_free(context)
            // An error that stays in OpenSSL's queue would be taken for the next call's.
            ERR_clear_error()
        }
        return EVP_DigestVerifyInit(context, nil, digest.pointer, nil, key) == 1
            && EVP_DigestVerify(context, bytes, bytes.count, message, message.count) == 1
    }

    // MARK: The key

    private static func kind(of key: HostKey) -> Kind? {
        switch key.kind {
        case .ed25519: .ed25519
        case .rsa: key.rsaBits.map { .rsa(($0 + 7) / 8) }
        default:
            key.type.split(separator: "-").last.flatMap { EllipticCurve(rawValue: String($0)) }
                .flatMap { $0.keyType == key.type ? .ecdsa($0) : nil }
        }
    }

    private static func read(_ kind: Kind, _ reader: inout WireReader) -> OpaquePointer? {
        switch kind {
        case .ed25519:
            return reader.string().flatMap {
                EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, $0, $0.count)
            }
        case .ecdsa(let curve):
            guard let name = reader.string(), name.elementsEqual(curve.rawValue.utf8),
                // Uncompressed, as SSH wants it.
                let point = reader.string(), point.first == 4
            else { return nil }
            let algorithm = [EllipticCurve.keyIdentifier, curve.objectIdentifier].map(DER.objectIdentifier)
            let info = DER.sequence([DER.sequence(algorithm), DER.bitString(point)])
            return parse(info) { d2i_PUBKEY(nil, &$0, $1) }
        case .rsa:
            guard let exponent = reader.string(), let modulus = reader.string() else { return nil }
            // RSAPublicKey of RFC 8017.
            return parse(DER.sequence(ofIntegers: [modulus, exponent])) {
                d2i_PublicKey(EVP_PKEY_RSA, nil, &$0, $1)
            }
        }
    }

    private static func parse(
        _ bytes: [UInt8], _ body: (inout UnsafePointer<UInt8>?, Int) -> OpaquePointer?
    ) -> OpaquePointer? {
        bytes.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return body(&start, buffer.count)
        }
    }

    // MARK: The signature

    /// Nil inside for Ed25519, which hashes by itself.
    private struct Digest { var pointer: OpaquePointer? }

    private func digest(_ algorithm: String) -> Digest? {
        switch kind {
        case .ed25519: algorithm == KeyType.ed25519.name ? Digest() : nil
        case .ecdsa(let curve): algorithm == curve.keyType ? Digest(pointer: curve.digest) : nil
        case .rsa:
            switch RSASignature(rawValue: algorithm) {
            case .none, .sha1: nil
            case .some(let known): Digest(pointer: known.digest)
            }
        }
    }

    /// As OpenSSL takes it.
    private func form(_ signature: [UInt8]) -> [UInt8]? {
        switch kind {
        case .ed25519: return signature
        case .ecdsa:
            var reader = WireReader(signature)
            guard let first = reader.string(), let second = reader.string(), reader.isAtEnd else {
                return nil
            }
            return DER.sequence(ofIntegers: [first, second])
        case .rsa(let count):
            // Zeros at its beginning may be left out.
            guard signature.count <= count else { return nil }
            return [UInt8](repeating: 0, count: count - signature.count) + signature
        }
    }
}
