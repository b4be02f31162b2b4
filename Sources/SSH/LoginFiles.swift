import Synchronization

/// The contents of a person's key and certificate files.
struct LoginFiles: Sendable {
    struct Certificate: Sendable {
        var path: String
        var content: KeyCertificate
    }

    struct Fault: Sendable {
        var path: String
        var why: String
    }

    private static let bytesMax = 1 << 20

    private(set) var identities: [IdentityFile] = []
    /// The certificates that are named, then those beside the keys, as `KEY-cert.pub`.
    private(set) var certificates: [Certificate] = []
    /// Files that do not count.
    private(set) var faults: [Fault] = []

    /// Blocks on local files.
    init(identities: [String], certificates: [String]) {
        for path in certificates { takeCertificate(path, isExpected: true) }
        for path in identities { takeIdentity(path) }
    }

    private mutating func takeIdentity(_ path: String) {
        let publicText = try? Self.read(path + ".pub").get()
        switch Self.read(path) {
        case .success(let text):
            if let key = PublicKeyFile.line(text) {
                identities.append(IdentityFile(path: path, publicKey: key, absence: "it is a public key"))
            } else {
                takePrivate(IdentityFile(path: path, text: text, publicText: publicText))
            }
        case .failure(let fault):
            guard let key = publicText.flatMap(PublicKeyFile.line) else {
                return faults.append(Fault(path: path, why: fault.description))
            }
            identities.append(IdentityFile(path: path, publicKey: key, absence: fault.description))
        }
        takeCertificate(path + "-cert.pub", isExpected: false)
    }

    /// A key that others can read is used by an agent that has it, and not from its file, as ssh does.
    private mutating func takePrivate(_ file: IdentityFile) {
        guard let mode = LocalFile.opennessToOthers(file.path) else { return identities.append(file) }
        let why = """
            its mode 0\(String(mode, radix: 8)) lets others at it, so that it does not count, as with ssh: \
            chmod 600 makes it count
            """
        guard let key = file.publicKey else { return faults.append(Fault(path: file.path, why: why)) }
        identities.append(IdentityFile(path: file.path, publicKey: key, absence: why))
    }

    private mutating func takeCertificate(_ path: String, isExpected: Bool) {
        switch Self.read(path) {
        case .failure(let fault):
            if isExpected { faults.append(Fault(path: path, why: fault.description)) }
        case .success(let text):
            guard let content = PublicKeyFile.key(text).flatMap(KeyCertificate.init) else {
                return faults.append(
                    Fault(path: path, why: "it holds no certificate of a kind that is known here"))
            }
            guard !certificates.contains(where: { $0.content == content }) else { return }
            certificates.append(Certificate(path: path, content: content))
        }
    }

    private static func read(_ path: String) -> Result<[UInt8], SystemFault> {
        LocalFile.read(path, bytesMax: bytesMax)
    }
}

/// The files of one person's login, read once.
final class LoginFileStore: Sendable {
    private let identities: [String]
    private let certificates: [String]
    private let files = Mutex<LoginFiles?>(nil)

    init(identities: [String], certificates: [String]) {
        self.identities = identities
        self.certificates = certificates
    }

    /// Nil until they were read.
    var known: LoginFiles? { files.withLock { $0 } }

    /// Blocks on local files the first time.
    func read() -> LoginFiles {
        if let known { return known }
        let read = LoginFiles(identities: identities, certificates: certificates)
        files.withLock { $0 = read }
        return read
    }
}
