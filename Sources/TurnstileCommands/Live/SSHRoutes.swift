import Coordinator
import Logging
import RolloutModel
import Rollouts
import SSH
import Settings

/// Turns destinations into routes: known_hosts files are read once, and keys that several hosts share are one value,
/// so that a passphrase is asked for once.
actor SSHRoutes {
    private let addresses: AddressBook
    private let answers: SSHConfigAnswers
    private var knownHosts: [KeyFiles: Result<KnownHosts, SSHError>] = [:]
    private var revokedKeys: [String: Result<RevokedKeys, SSHError>] = [:]
    private var credentials: [Login: SSHCredentials] = [:]
    /// The bastions, each shared by all hosts behind it.
    private var bastions: [SSHDestination: SSHBastion] = [:]
    private let logger: Logger

    private struct KeyFiles: Hashable {
        var paths: [String]
        var mayBeMissing: Bool
    }

    private struct Login: Hashable {
        var identityFiles: [String]
        var certificateFiles: [String]
        var identitiesOnly: Bool
        var agent: SSHDestination.Agent
        var isBatch: Bool
    }

    init(_ configuration: Configuration, logger: Logger) {
        self.logger = logger
        addresses = AddressBook(configuration)
        answers = SSHConfigAnswers(SSHConfigLookup(settings: configuration.ssh))
    }

    /// How a host is reached; nil where the ssh configuration does not say.
    func destination(of host: HostID) async -> SSHDestination? {
        try? await answers.destination(of: addresses[host])
    }

    func route(to host: HostID) async -> Result<SSHRoute, HostFault> {
        do throws(SSHConfigError) {
            let destination = try await answers.destination(of: addresses[host])
            do throws(SSHError) {
                return .success(try route(to: destination))
            } catch {
                return .failure(
                    HostFault(
                        host: host, kind: .unreachable, why: "\(error)", detail: .sshSettings,
                        connection: ConnectionFailure(error)))
            }
        } catch {
            return .failure(
                HostFault(host: host, kind: .unreachable, why: "\(error)", detail: .sshSettings))
        }
    }

    private func route(to destination: SSHDestination) throws(SSHError) -> SSHRoute {
        let connect = destination.connectTimeout
        return SSHRoute(
            target: SSHTarget(
                name: destination.address, port: destination.port, user: destination.user,
                hostKeyAlias: destination.hostKeyAlias),
            credentials: credentials(for: destination),
            knownHosts: try keys(
                KeyFiles(
                    paths: destination.knownHosts,
                    mayBeMissing: destination.newHostKeys != nil || destination.knownHostsProgram != nil)
            ).get(),
            restrictions: try restrictions(for: destination),
            timeouts: SSHTimeouts(connect: connect, handshake: connect),
            passage: try passage(destination.passage), origin: destination.origin)
    }

    private func passage(_ passage: SSHDestination.Passage) throws(SSHError) -> SSHPassage {
        switch passage {
        case .direct: return .direct
        case .command(let command): return .command(command)
        case .through(let destination):
            if let known = bastions[destination] { return .through(known) }
            let bastion = try SSHBastion(try route(to: destination), logger: logger)
            bastions[destination] = bastion
            return .through(bastion)
        }
    }

    private func restrictions(for destination: SSHDestination) throws(SSHError) -> SSHRestrictions {
        var restrictions = SSHRestrictions(
            algorithms: destination.algorithms, rsaBitsMin: destination.rsaBitsMin,
            checksAddress: destination.checksAddress, methods: destination.loginMethods,
            newHostKeys: destination.newHostKeys.map {
                NewHostKeys(files: $0.files, hashesNames: $0.hashesNames) { NewHostKeyNotice($0).show() }
            },
            knownHostsCommand: destination.knownHostsProgram.map {
                KnownHostsCommand($0, run: KnownHostsProcess.run)
            })
        guard let file = destination.revokedHostKeys else { return restrictions }
        let read = revokedKeys[file] ?? Result { () throws(SSHError) in try RevokedKeys.load(file) }
        revokedKeys[file] = read
        restrictions.revokedKeys = try read.get()
        return restrictions
    }

    private func keys(_ files: KeyFiles) -> Result<KnownHosts, SSHError> {
        if let read = knownHosts[files] { return read }
        let read = Result { () throws(SSHError) in
            try KnownHosts.load(files: files.paths, mayBeMissing: files.mayBeMissing)
        }
        knownHosts[files] = read
        return read
    }

    private func credentials(for destination: SSHDestination) -> SSHCredentials {
        let login = Login(
            identityFiles: destination.identityFiles, certificateFiles: destination.certificateFiles,
            identitiesOnly: destination.identitiesOnly, agent: destination.agent, isBatch: destination.isBatch
        )
        if let made = credentials[login] { return made }
        let socket: String? =
            switch destination.agent {
            case .none: nil
            case .socket(let path): path
            }
        let made = SSHCredentials(
            identityFiles: destination.identityFiles, certificateFiles: destination.certificateFiles,
            agentSocket: socket, identitiesOnly: destination.identitiesOnly,
            person: destination.isBatch
                ? .absent(
                    why: "BatchMode is set in the ssh configuration",
                    remedy: "Take BatchMode out of the ssh configuration of this host, or log in with a key")
                : TerminalPerson.person)
        credentials[login] = made
        return made
    }
}

extension HostShell {
    /// Runs commands on hosts that are reached as the configuration and the ssh configuration say. The call itself
    /// looks up and connects nothing.
    static func open(_ configuration: Configuration) -> HostShell {
        let logger = Logger(label: "turnstile")
        return open(configuration, SSHRoutes(configuration, logger: logger), logger)
    }

    /// The same, by routes that others ask, too.
    static func open(_ configuration: Configuration, _ routes: SSHRoutes, _ logger: Logger) -> HostShell {
        let addresses = AddressBook(configuration)
        return HostShell.ssh(logger: logger) { await routes.route(to: $0) }
            .explaining { $0.naming(vaultedFiles: addresses[$0.host].vaultedFiles ?? []) }
    }
}
