/// A private key file, as far as it can be read without its passphrase; or a public key whose private half an agent may
/// hold.
struct IdentityFile: Sendable {
    let path: String
    /// Why there is no private key; nil where there is one.
    let absence: String?
    /// The file's text with a NUL at its end, because libssh2 measures it with `strlen`.
    let text: [CChar]
    let isEncrypted: Bool
    /// From the file itself, or from the `.pub` file beside it.
    let publicKey: HostKey?
    /// Encrypted in OpenSSH's own format.
    let isOnlyForLibrary: Bool
    /// The key's type, or the beginning of its name, if the file tells no more.
    private let kindInFile: String?
    /// Where the key is one of those that are taken apart here and needs no passphrase.
    private let signingKey: SigningKey?

    init(path: String, text: [UInt8], publicText: [UInt8]?) {
        self.path = path
        absence = nil
        self.text = text.filter { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
        let lines = text.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        let file = OpenSSHKeyFile(lines)
        isEncrypted = file?.isEncrypted ?? lines.contains(where: Self.saysEncrypted)
        isOnlyForLibrary = file?.isEncrypted ?? false
        let pem = file == nil && !isEncrypted ? PEMKey(self.text, passphrase: "") : nil
        signingKey = file?.signingKey ?? pem?.signingKey
        publicKey = file?.publicKey ?? signingKey?.publicKey ?? publicText.flatMap(PublicKeyFile.key)
        kindInFile = pem?.kind ?? Self.kind(lines)
    }

    /// A public key alone.
    init(path: String, publicKey: HostKey, absence: String) {
        self.path = path
        self.publicKey = publicKey
        self.absence = absence
        (text, isEncrypted, isOnlyForLibrary, kindInFile, signingKey) = ([0], false, false, nil, nil)
    }

    private static func saysEncrypted(_ line: String) -> Bool {
        line.hasPrefix("Proc-Type: 4,ENCRYPTED") || line.hasPrefix("-----BEGIN ENCRYPTED")
    }

    private static let kinds = [
        (begin: "RSA", type: "ssh-rsa"), (begin: "DSA", type: "ssh-dss"), (begin: "EC", type: "ecdsa-sha2"),
    ]

    private static func kind(_ lines: [String]) -> String? {
        kinds.first { begin, _ in lines.contains { $0.hasPrefix("-----BEGIN \(begin) PRIVATE KEY") } }?.type
    }

    /// The key's type, or how it begins; nil where only its passphrase would tell.
    var kind: String? { publicKey?.type ?? kindInFile }

    enum Opened: Sendable {
        case key(SigningKey)
        /// libssh2 alone can read it, or nobody can.
        case forLibrary(kind: String?)
    }

    /// - Parameter passphrase: not used where the key is not encrypted.
    func open(passphrase: String) -> Opened {
        if let signingKey { return .key(signingKey) }
        guard isEncrypted, let pem = PEMKey(text, passphrase: passphrase) else {
            return .forLibrary(kind: kind)
        }
        return pem.signingKey.map(Opened.key) ?? .forLibrary(kind: kind ?? pem.kind)
    }
}
