/// Why a key is not offered.
enum KeyObjection: Error, Hashable, CustomStringConvertible {
    case notAllowed
    case tooShort(bits: Int, bitsMin: Int)
    /// The server takes RSA keys with SHA-1 alone.
    case serverTooOld(String)
    /// The feature that this libssh2 lacks.
    case libraryTooOld(String)
    /// libssh2 1.10 alone could open this file, and signs by SHA-1.
    case fileOnlyForLibrary(String)

    var description: String {
        switch self {
        case .notAllowed: "the ssh configuration does not allow its algorithm"
        case .tooShort(let bits, let bitsMin):
            "it has \(bits) bits, and RequiredRSASize demands \(bitsMin)"
        case .serverTooOld(let software):
            "the server (\(software)) knows RSA keys with SHA-1 alone, and the ssh configuration does not allow "
                + "its algorithm"
        case .libraryTooOld(let what):
            "libssh2 \(SSHLibrary.version) knows no \(what): build turnstile with Scripts/libssh2"
        case .fileOnlyForLibrary:
            "libssh2 \(SSHLibrary.version) signs by SHA-1 alone with an RSA key that is encrypted in OpenSSH's own format"
        }
    }

    /// The operator's remedy; nil if there is none.
    var remedy: String? {
        switch self {
        case .notAllowed, .tooShort, .libraryTooOld: nil
        case .serverTooOld:
            "Use an Ed25519 or ECDSA key; or, for its old sshd, set 'PubkeyAcceptedAlgorithms +ssh-rsa' for this host "
                + "alone in the ssh configuration, which accepts SHA-1"
        case .fileOnlyForLibrary(let path):
            "Hand it to ssh-agent (ssh-add \(PastedWord(path))), or write it anew: ssh-keygen -p -m PKCS8 -f \(PastedWord(path)); "
                + "or build turnstile with Scripts/libssh2"
        }
    }
}
