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
            identities.append(
                PublicKeyFile.line(text).map {
                    IdentityFile(path: path, publicKey: $0, absence: "it is a public key")
                } ?? IdentityFile(path: path, text: text, publicText: publicText))
        case .failure(let fault):
            guard let key = publicText.flatMap(PublicKeyFile.line) else {
                return faults.append(Fault(path: path, why: fault.description))
            }
            identities.append(IdentityFile(path: path, publicKey: key, absence: fault.description))
        }
        takeCertificate(path + "-cert.pub", isExpected: false)
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
