/// What a person can log in with. One value serves any number of hosts: key files are read once, and a
/// passphrase is asked for once, when a host first wants that key.
public struct SSHCredentials: Sendable {
    /// Asks for the passphrase of the key file at a path. Nil means that there is none to be had, and the key
    /// is left out.
    public typealias AskPassphrase = @Sendable (_ path: String) async -> String?

    /// Private key files, in the order they are to be tried. One that does not exist is passed over, as
    /// OpenSSH does.
    public let identityFiles: [String]
    /// The socket of ssh-agent, as in `SSH_AUTH_SOCK`.
    public let agentSocket: String?
    /// Offer only the keys of `identityFiles`, also from the agent (`IdentitiesOnly` of ssh_config).
    public let identitiesOnly: Bool
    let identities: IdentityStore
    let passphrases: Passphrases

    public init(
        identityFiles: [String] = [], agentSocket: String? = nil, identitiesOnly: Bool = false,
        askPassphrase: AskPassphrase? = nil
    ) {
        self.identityFiles = identityFiles
        self.agentSocket = agentSocket
        self.identitiesOnly = identitiesOnly
        self.identities = IdentityStore()
        self.passphrases = Passphrases(ask: askPassphrase)
    }
}
