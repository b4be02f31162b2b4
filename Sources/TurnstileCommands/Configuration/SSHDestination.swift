import RolloutModel
import SSH

/// How one host is reached, with nothing left to look up.
struct SSHDestination: Hashable, Sendable {
    var host: HostID
    /// Name or address to connect to.
    var address: String
    var port: UInt16
    var user: String
    /// Private keys to try, in this order; absolute paths, of which some may not exist.
    var identityFiles: [String]
    /// Certificates for such keys, or for the agent's; absolute paths, of which some may not exist.
    var certificateFiles: [String] = []
    /// The keys of an agent are tried only where they are among `identityFiles`.
    var identitiesOnly: Bool
    var agent: Agent
    /// Absolute paths, of which some may not exist.
    var knownHosts: [String]
    /// The name in known_hosts, where it is not the address.
    var hostKeyAlias: String?
    var algorithms = SSHAlgorithms()
    /// An absolute path.
    var revokedHostKeys: String?
    var rsaBitsMin = SSHRestrictions.rsaBitsMinUsual
    var checksAddress = false

    enum Agent: Hashable, Sendable {
        /// No agent is asked.
        case none
        /// Listens on this socket.
        case socket(String)
    }
}

extension SSHDestination {
    /// Turnstile's own configuration first; what it leaves open, from the ssh configuration.
    ///
    /// - Parameter usual: the algorithms that ssh would use with no configuration at all.
    init(
        _ host: Configuration.HostAddress, settings: Configuration.SSHSettings, answer: SSHConfigAnswer,
        environment: ConfigurationEnvironment, usual: SSHAlgorithms = .init()
    ) throws(SSHConfigError) {
        let name = host.name
        for (option, value) in [("ProxyJump", answer.proxyJump), ("ProxyCommand", answer.proxyCommand)] {
            if let value { throw .proxyUnsupported(host: name, option: option, value: value) }
        }
        if let setting = answer.unfollowed.first { throw .restrictionUnsupported(host: name, setting) }
        self.host = host.id
        address = host.address ?? answer.hostname
        port = host.port ?? settings.port ?? answer.port
        user = host.user ?? settings.user ?? answer.user
        identitiesOnly = answer.identitiesOnly
        hostKeyAlias = answer.hostKeyAlias
        let tokens = SSHTokens(
            host: name, address: address, port: port, user: user, hostKeyAlias: answer.hostKeyAlias ?? name,
            environment: environment)
        if let files = settings.identityFiles {
            identityFiles = files
        } else {
            identityFiles = try tokens.paths(answer.identityFiles, key: "IdentityFile")
        }
        certificateFiles = try tokens.paths(answer.certificateFiles, key: "CertificateFile")
        if let files = settings.knownHosts {
            knownHosts = files
        } else {
            knownHosts =
                try tokens.paths(answer.userKnownHosts, key: "UserKnownHostsFile") + answer.globalKnownHosts
        }
        agent = try tokens.agent(answer.identityAgent)
        algorithms = answer.algorithms.withoutWeak(unlessBeyond: usual)
        if let file = answer.revokedHostKeys {
            revokedHostKeys = try tokens.path(file, key: "RevokedHostKeys")
        }
        rsaBitsMin = answer.rsaBitsMin ?? SSHRestrictions.rsaBitsMinUsual
        checksAddress = answer.checksAddress
    }
}
