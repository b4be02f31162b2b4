/// The head of a private key file in OpenSSH's own format, `openssh-key-v1`, which is not encrypted (OpenSSH's
/// PROTOCOL.key); and the key itself where that is not either.
struct OpenSSHKeyFile: Sendable {
    private static let magic = Array("openssh-key-v1\0".utf8)

    let isEncrypted: Bool
    let publicKey: HostKey?
    /// Where it is of Ed25519 or RSA, and belongs to the public half.
    let signingKey: SigningKey?

    /// - Returns: nil for another format.
    init?(_ lines: [String]) {
        guard let begin = lines.firstIndex(where: { $0.hasPrefix("-----BEGIN OPENSSH PRIVATE KEY") }) else {
            return nil
        }
        let body = lines[(begin + 1)...].prefix { !$0.hasPrefix("-----") }.flatMap {
            $0.utf8.filter { $0 > 32 }
        }
        guard let bytes = Base64.decode(body), bytes.starts(with: Self.magic) else { return nil }
        var reader = WireReader(bytes.dropFirst(Self.magic.count))
        guard let cipher = reader.string(), reader.string() != nil, reader.string() != nil,
            reader.uint32() == 1, let blob = reader.string()
        else { return nil }
        isEncrypted = !cipher.elementsEqual("none".utf8)
        publicKey = HostKey(blob: blob)
        let key = isEncrypted ? nil : reader.string().flatMap(Self.signingKey)
        signingKey = key?.publicKey == publicKey ? key : nil
    }

    private static func signingKey(_ bytes: [UInt8]) -> SigningKey? {
        var reader = WireReader(bytes)
        guard let check = reader.uint32(), check == reader.uint32(), let type = reader.string() else {
            return nil
        }
        return switch KeyType(String(decoding: type, as: UTF8.self)) {
        case .ed25519: ed25519(&reader)
        case .rsa: rsa(&reader)
        default: nil
        }
    }

    private static func ed25519(_ reader: inout WireReader) -> SigningKey? {
        guard reader.string() != nil, let pair = reader.string() else { return nil }
        return SigningKey(ed25519Seed: Array(pair.prefix(SigningKey.seedBytes)))
    }

    private static func rsa(_ reader: inout WireReader) -> SigningKey? {
        guard let modulus = reader.string(), let publicExponent = reader.string(),
            let privateExponent = reader.string(), let coefficient = reader.string(),
            let prime1 = reader.string(), let prime2 = reader.string()
        else { return nil }
        return SigningKey(
            .init(
                modulus: modulus, publicExponent: publicExponent, privateExponent: privateExponent,
                coefficient: coefficient, prime1: prime1, prime2: prime2))
    }
}
