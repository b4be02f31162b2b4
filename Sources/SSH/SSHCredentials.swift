/// The means by which a person logs in. A value serves any number of hosts: key files are read once, and a
/// passphrase is asked for once, when a host first wants that key.
public struct SSHCredentials: Sendable {
    /// The socket of ssh-agent, as in `SSH_AUTH_SOCK`.
    public let agentSocket: String?
    /// Offer only the keys and certificates that are named, also from the agent (`IdentitiesOnly` of ssh_config).
    public let identitiesOnly: Bool
    let files: LoginFileStore
    let answers: GivenAnswers

    /// - Parameters:
    ///   - identityFiles: private key files, in the order they are to be tried. A file that does not exist is skipped,
    ///     as in OpenSSH. A certificate `KEY-cert.pub` beside a key file is offered, too.
    ///   - certificateFiles: certificates for keys of the files or of the agent (`CertificateFile` of ssh_config).
    ///   - person: is asked for passphrases and passwords, and for other answers that a server wants.
    public init(
        identityFiles: [String] = [], certificateFiles: [String] = [], agentSocket: String? = nil,
        identitiesOnly: Bool = false, person: Person = .absent(why: "no person was named")
    ) {
        self.agentSocket = agentSocket
        self.identitiesOnly = identitiesOnly
        self.files = LoginFileStore(identities: identityFiles, certificates: certificateFiles)
        self.answers = GivenAnswers(from: person)
    }
}
