import Coordinator
import Driving
import Logging
import RolloutModel
import SSH

/// Turns destinations into routes: known_hosts files are read once, and keys that several hosts share are one value,
/// so that a passphrase is asked for once.
struct SSHRoutes {
    private let timeouts: SSHTimeouts
    private var knownHosts: [[String]: Result<KnownHosts, SSHError>] = [:]
    private var credentials: [Login: SSHCredentials] = [:]

    private struct Login: Hashable {
        var identityFiles: [String]
        var identitiesOnly: Bool
        var agent: SSHDestination.Agent
    }

    init(connectTimeoutSeconds: Double) {
        timeouts = SSHTimeouts(
            connect: .seconds(connectTimeoutSeconds), handshake: .seconds(connectTimeoutSeconds))
    }

    mutating func route(to destination: SSHDestination) -> Result<SSHRoute, HostFault> {
        let host = destination.host
        return keys(destination.knownHosts).mapError {
            HostFault(host: host, kind: .unreachable, why: "\($0)")
        }
        .map { knownHosts in
            SSHRoute(
                target: SSHTarget(
                    name: destination.address, port: destination.port, user: destination.user,
                    hostKeyAlias: destination.hostKeyAlias),
                credentials: credentials(for: destination), knownHosts: knownHosts, timeouts: timeouts)
        }
    }

    private mutating func keys(_ files: [String]) -> Result<KnownHosts, SSHError> {
        if let read = knownHosts[files] { return read }
        let read = Result { () throws(SSHError) in try KnownHosts.load(files: files) }
        knownHosts[files] = read
        return read
    }

    private mutating func credentials(for destination: SSHDestination) -> SSHCredentials {
        let login = Login(
            identityFiles: destination.identityFiles, identitiesOnly: destination.identitiesOnly,
            agent: destination.agent)
        if let made = credentials[login] { return made }
        let socket: String? =
            switch destination.agent {
            case .none: nil
            case .socket(let path): path
            }
        let made = SSHCredentials(
            identityFiles: destination.identityFiles, agentSocket: socket,
            identitiesOnly: destination.identitiesOnly,
            askPassphrase: { path in Question.secret("Passphrase for '\(path)': ") })
        credentials[login] = made
        return made
    }
}

extension HostShell {
    /// Commands on the hosts named, each reached as configuration and ssh configuration say. Nothing is connected yet.
    static func open(_ configuration: Configuration, hosts: [HostID]) async -> HostShell {
        let addresses = hosts.map { configuration.address(of: $0) }
        let destinations = await SSHConfigLookup(settings: configuration.ssh).destinations(of: addresses)
        var routes = SSHRoutes(connectTimeoutSeconds: configuration.ssh.connectTimeoutSeconds)
        var found: [HostID: Result<SSHRoute, HostFault>] = [:]
        for (host, destination) in zip(hosts, destinations) {
            found[host] = destination.mapError { HostFault(host: host, kind: .unreachable, why: "\($0)") }
                .flatMap { routes.route(to: $0) }
        }
        return .ssh(found, logger: Logger(label: "turnstile"))
    }
}
