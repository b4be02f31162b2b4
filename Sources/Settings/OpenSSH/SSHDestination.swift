import RolloutModel
import SSH

/// How one host is reached, with nothing left to look up.
package struct SSHDestination: Hashable, Sendable {
    var host: HostID
    /// Name or address to connect to.
    package var address: String
    package var port: UInt16
    package var user: String
    /// Private keys to try, in this order; absolute paths, of which some may not exist.
    package var identityFiles: [String]
    /// Certificates for such keys, or for the agent's; absolute paths, of which some may not exist.
    package var certificateFiles: [String] = []
    /// The keys of an agent are tried only where they are among `identityFiles`.
    package var identitiesOnly: Bool
    package var agent: Agent
    /// Absolute paths, of which some may not exist.
    package var knownHosts: [String]
    /// The name in known_hosts, where it is not the address.
    package var hostKeyAlias: String?
    package var algorithms = SSHAlgorithms()
    /// An absolute path.
    package var revokedHostKeys: String?
    package var rsaBitsMin = SSHRestrictions.rsaBitsMinUsual
    package var checksAddress = false
    package var loginMethods = LoginMethod.allCases
    /// True if no person may be asked for anything (`BatchMode`).
    package var isBatch = false
    /// Nil where a host that known_hosts says nothing of is refused.
    package var newHostKeys: NewKeys?
    package var knownHostsProgram: KnownHostsProgram?

    /// Where the keys of new hosts are added.
    package struct NewKeys: Hashable, Sendable {
        /// Absolute paths, of which the first that can be written is meant.
        package var files: [String]
        package var hashesNames: Bool
    }

    package var passage = Passage.direct
    package var origin = SSHOrigin()
    package var connectTimeout = Configuration.SSHSettings.connectTimeoutUsual

    package indirect enum Passage: Hashable, Sendable {
        case direct
        /// A command on this machine, with every token filled in.
        case command(ProxyCommand)
        case through(SSHDestination)
    }

    package enum Agent: Hashable, Sendable {
        /// No agent is asked.
        case none
        /// Listens on this socket.
        case socket(String)
    }
}

extension SSHDestination {
    /// Turnstile's own configuration first; what it leaves open, from the ssh configuration.
    ///
    /// - Parameters:
    ///   - usual: the algorithms that ssh would use with no configuration at all.
    ///   - jump: the host through which this one is reached.
    init(
        _ host: Configuration.HostAddress, settings: Configuration.SSHSettings, answer: SSHConfigAnswer,
        environment: ConfigurationEnvironment, usual: SSHAlgorithms = .init(),
        through jump: SSHDestination? = nil
    ) throws(SSHConfigError) {
        let name = host.name
        if let setting = answer.unfollowed.first { throw .restrictionUnsupported(host: name, setting) }
        self.host = host.id
        let tokens = SSHTokens(host, settings, answer, environment)
        (address, port, user) = (tokens.address, tokens.port, tokens.user)
        identitiesOnly = answer.identitiesOnly
        hostKeyAlias = answer.hostKeyAlias
        if let files = settings.identityFiles {
            // An inventory's options are about this very host.
            let own =
                host.sshOptions == nil ? [] : try tokens.paths(answer.identityFiles, key: "IdentityFile")
            identityFiles = own + files.filter { !own.contains($0) }
        } else {
            identityFiles = try tokens.paths(answer.identityFiles, key: "IdentityFile")
        }
        certificateFiles = try tokens.paths(answer.certificateFiles, key: "CertificateFile")
        let own: [String]
        if let files = settings.knownHosts {
            own = files
            knownHosts = files
        } else {
            own = try tokens.paths(answer.userKnownHosts, key: "UserKnownHostsFile")
            knownHosts = own + (try tokens.systemPaths(answer.globalKnownHosts, key: "GlobalKnownHostsFile"))
        }
        if settings.acceptsNewHostKeys || answer.acceptsNewHostKeys {
            newHostKeys = NewKeys(files: own, hashesNames: answer.hashesKnownHosts)
        }
        knownHostsProgram = try answer.knownHostsCommand.map { text throws(SSHConfigError) in
            try tokens.knownHostsProgram(text)
        }
        agent = try tokens.agent(answer.identityAgent)
        algorithms = answer.algorithms.withoutWeak(unlessBeyond: usual)
        if let file = answer.revokedHostKeys {
            revokedHostKeys = try tokens.path(file, key: "RevokedHostKeys")
        }
        rsaBitsMin = answer.rsaBitsMin ?? SSHRestrictions.rsaBitsMinUsual
        checksAddress = answer.checksAddress
        loginMethods = answer.loginMethods
        isBatch = answer.isBatch
        origin = answer.origin
        connectTimeout =
            settings.connectTimeout ?? answer.connectTimeout
            ?? Configuration.SSHSettings.connectTimeoutUsual
        if let jump {
            passage = .through(jump)
        } else if let command = answer.proxyCommand {
            passage = .command(try tokens.proxyCommand(command))
        }
    }
}

extension SSHDestination {
    /// Adds the keys and the known_hosts that the ssh configuration has for the host.
    mutating func addFiles(
        of answer: SSHConfigAnswer, _ environment: ConfigurationEnvironment
    ) throws(SSHConfigError) {
        let tokens = SSHTokens(
            host: host.rawValue, address: address, port: port, user: user,
            hostKeyAlias: hostKeyAlias ?? host.rawValue, connectionDigest: answer.connectionDigest,
            jumpHost: answer.jumpHost, environment: environment)
        let keys = try tokens.paths(answer.identityFiles, key: "IdentityFile")
        identityFiles += keys.filter { !identityFiles.contains($0) }
        let lists =
            try tokens.paths(answer.userKnownHosts, key: "UserKnownHostsFile")
            + tokens.systemPaths(answer.globalKnownHosts, key: "GlobalKnownHostsFile")
        knownHosts += lists.filter { !knownHosts.contains($0) }
    }
}
