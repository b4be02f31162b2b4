import CLibSSH2

/// A private key in one of the formats that OpenSSL reads: PEM proper and PKCS #8.
struct PEMKey: Sendable {
    /// Where the key is of Ed25519 or RSA.
    let signingKey: SigningKey?
    /// The name of its kind, or how it begins.
    let kind: String?

    /// - Parameters:
    ///   - text: with a NUL after it.
    ///   - passphrase: not used where the key is not encrypted.
    /// - Returns: nil for another format or a wrong passphrase.
    init?(_ text: [CChar], passphrase: String) {
        guard let count = Int32(exactly: text.count - 1), let source = BIO_new_mem_buf(text, count) else {
            return nil
        }
        defer { BIO_free(source) }
        // Given as its fourth argument, the passphrase is not asked for on the terminal.
        let read = passphrase.withCString {
            PEM_read_bio_PrivateKey(source, nil, nil, UnsafeMutableRawPointer(mutating: $0))
        }
        // An error that stays in OpenSSL's queue would be taken for the next call's.
        ERR_clear_error()
        guard let read else { return nil }
        let id = EVP_PKEY_get_base_id(read)
        signingKey = SigningKey(taking: read)
        kind =
            signingKey?.publicKey.type
            ?? (id == EVP_PKEY_EC ? "ecdsa-sha2" : id == EVP_PKEY_DSA ? "ssh-dss" : nil)
    }
}
