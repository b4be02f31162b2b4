import Glibc
import Logging
import SSH
import Subprocess
import Synchronization
import SystemPackage

/// An sshd of one test's own, with its own keys and configuration, on a free port of the loopback interface.
struct PrivateServer: Sendable {
    let scratch: Scratch
    let port: UInt16
    let user: String

    static func with(
        _ configuration: [String] = [], hostKeys: [String] = ["ed25519"],
        _ body: @escaping @Sendable (PrivateServer) async throws -> Void
    ) async throws {
        try await Scratch.with { scratch in
            let server = PrivateServer(scratch: scratch, port: try LocalListener.freePort(), user: userName())
            try await server.prepare(configuration, hostKeys: hostKeys)
            try await server.serve(body)
        }
    }

    private func prepare(_ configuration: [String], hostKeys: [String]) async throws {
        if getuid() == 0 { mkdir("/run/sshd", 0o755) }
        for type in hostKeys { try await scratch.makeKey("host_\(type)", type: type) }
        try await scratch.makeKey("id")
        try authorize("id")
        let lines =
            configuration + hostKeys.map { "HostKey \(scratch.file("host_\($0)"))" } + [
                // The tests must not depend on the person's own shell and its start files.
                "SetEnv HOME=\(scratch.path)", "ListenAddress 127.0.0.1", "Port \(port)", "UsePAM no",
                "StrictModes no", "PidFile none",
                "AuthorizedKeysFile \(scratch.file("authorized_keys"))", "PasswordAuthentication no",
                "KbdInteractiveAuthentication no", "PermitRootLogin yes",
                "MaxSessions 50", "PrintMotd no", "PrintLastLog no", "LogLevel INFO",
            ]
            + ["MaxStartups 500", "Subsystem sftp internal-sftp"].filter { usual in
                !configuration.contains {
                    $0.split(separator: " ").first == usual.split(separator: " ").first
                }
            }
        try scratch.write(lines.joined(separator: "\n") + "\n", to: "sshd_config")
        try vouch(for: hostKeys.map { "host_\($0)" })
    }

    private func serve(_ body: @escaping @Sendable (PrivateServer) async throws -> Void) async throws {
        let configuration = scratch.file("sshd_config")
        _ = try await Subprocess.run(
            .path("/usr/sbin/sshd"), arguments: ["-D", "-e", "-f", configuration], input: .none,
            output: .discarded,
            error: .sequence
        ) { sshd in
            try await withThrowingTaskGroup(of: Void.self) { group in
                let (listening, signal) = AsyncStream.makeStream(of: Void.self)
                group.addTask {
                    for try await line in sshd.standardError.strings() where line.contains("Server listening")
                    {
                        signal.yield()
                    }
                    signal.finish()
                }
                var iterator = listening.makeAsyncIterator()
                guard await iterator.next() != nil else { throw DidNotStart() }
                // The sessions of sshd hold the log open a little longer.
                defer {
                    kill(sshd.processIdentifier.value, SIGKILL)
                    group.cancelAll()
                }
                try await body(self)
            }
        }
    }

    struct DidNotStart: Error {}

    private static func userName() -> String {
        getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "root"
    }

    // MARK: What the tests change

    func authorize(_ names: String...) throws {
        try scratch.write(try names.map { try scratch.text("\($0).pub") }.joined(), to: "authorized_keys")
    }

    func vouch(for hostKeys: [String]) throws {
        try scratch.write(
            try hostKeys.map { "[box]:\(port) \(try scratch.text("\($0).pub"))" }.joined(), to: "known_hosts")
    }

    /// The command line of this machine's ssh for a login there, which asks no person.
    ///
    /// - Parameter options: the values of `-o`.
    func sshCommand(_ options: [String] = []) -> [String] {
        [
            "/usr/bin/ssh", "-F", "none", "-i", scratch.file("id"), "-p", "\(port)", "-l", user, "-o",
            "UserKnownHostsFile=\(scratch.file("known_hosts"))", "-o", "GlobalKnownHostsFile=/dev/null", "-o",
            "BatchMode=yes",
        ] + options.flatMap { ["-o", $0] } + ["127.0.0.1", "true"]
    }

    // MARK: Connecting

    var target: SSHTarget { SSHTarget(name: "box", host: "127.0.0.1", port: port, user: user) }
    var credentials: SSHCredentials { SSHCredentials(identityFiles: [scratch.file("id")]) }

    func connect(
        _ credentials: SSHCredentials? = nil, restrictions: SSHRestrictions = .init(),
        timeouts: SSHTimeouts = .patient, loop: SSHLoop? = nil
    ) async throws(SSHError) -> SSHConnection {
        try await SSHConnection.open(
            route(credentials, restrictions: restrictions, timeouts: timeouts), loop: loop, logger: .quiet)
    }

    func route(
        _ credentials: SSHCredentials? = nil, restrictions: SSHRestrictions = .init(),
        timeouts: SSHTimeouts = .patient, passage: SSHPassage = .direct
    ) throws(SSHError) -> SSHRoute {
        SSHRoute(
            target: target, credentials: credentials ?? self.credentials,
            knownHosts: try KnownHosts.load(files: [scratch.file("known_hosts")]),
            restrictions: restrictions, timeouts: timeouts, passage: passage)
    }

    /// The route to the server through itself by another route, with a key that is trusted.
    func route(behind bastion: SSHRoute) throws -> SSHRoute {
        var route = try route(passage: .through(SSHBastion(bastion, logger: .quiet)))
        var knownHosts = KnownHosts()
        for type in ["ed25519", "ecdsa"] {
            knownHosts.add("box \(try scratch.text("host_\(type).pub"))", file: "known_hosts")
        }
        route.knownHosts = knownHosts
        return route
    }

    /// Connects, runs `body` with the connection, and closes it.
    @discardableResult func connected<Value>(_ body: (SSHConnection) async throws -> Value) async throws
        -> Value
    {
        let connection = try await connect()
        let outcome: Result<Value, any Error>
        do { outcome = .success(try await body(connection)) } catch { outcome = .failure(error) }
        await connection.close()
        return try outcome.get()
    }
}

extension SSHRestrictions {
    /// The restrictions of a configuration that allows the old algorithms of RSA keys.
    static let oldRSA = SSHRestrictions(
        algorithms: SSHAlgorithms([
            .userKey: ["ssh-rsa", "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp521"],
            .hostKey: ["ssh-ed25519", "ssh-rsa"],
        ]))
}

extension SSHTimeouts {
    /// Long timeouts, since other builds may keep the machine busy.
    static let patient = SSHTimeouts(
        connect: .seconds(300), handshake: .seconds(300), authentication: .seconds(300), agent: .seconds(300))
}

extension Logger {
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension SSHConnection {
    /// Runs a command for its standard output, as text without the last newline.
    func output(of command: String, input: [UInt8] = []) async throws -> String {
        let result = try await run(command, input: input, deadline: .seconds(300))
        return String(decoding: result.stdout, as: UTF8.self).split(separator: "\n").joined(separator: "\n")
    }
}
