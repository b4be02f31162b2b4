import CLibSSH2

/// The signatures that one RSA key can make (RFC 8332), by the names they have in SSH.
enum RSASignature: String, CaseIterable, Sendable {
    case sha512 = "rsa-sha2-512"
    case sha256 = "rsa-sha2-256"
    case sha1 = "ssh-rsa"

    /// The type of the keys that an algorithm is for.
    static func keyType(of algorithm: String) -> String {
        RSASignature(rawValue: algorithm) == nil ? algorithm : KeyType.rsa.name
    }

    /// The flags that ask ssh-agent for the signature.
    var agentFlags: Int {
        switch self {
        case .sha512: 4
        case .sha256: 2
        case .sha1: 0
        }
    }

    var digest: OpaquePointer? {
        switch self {
        case .sha512: EVP_sha512()
        case .sha256: EVP_sha256()
        case .sha1: EVP_sha1()
        }
    }
}
