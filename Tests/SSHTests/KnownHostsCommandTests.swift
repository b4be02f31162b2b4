import Testing

@testable import SSH

/// Host keys that a program names, for a real sshd.
@Suite(.serialized) struct KnownHostsCommandTests {
    private static let arguments: [[KnownHostsProgram.Piece]] = [
        [.text("-"), .purpose, .text("-")], [.name], [.keyType], [.key], [.fingerprint],
    ]
    private static let written = "-%I- %H %t %K %f"

    /// A program that notes its arguments, and says lines.
    private func program(_ server: PrivateServer, says lines: String, exit code: Int = 0) throws -> String {
        try server.scratch.write(lines, to: "lines")
        return try server.scratch.write(
            "echo \"$@\" >>\(server.scratch.file("heard"))\ncat \(server.scratch.file("lines"))\n"
                + "echo no luck >&2\nexit \(code)\n", to: "program")
    }

    private func route(_ server: PrivateServer, _ program: String) throws -> SSHRoute {
        var route = try server.route()
        route.target.name = "127.0.0.1"
        let arguments = [[KnownHostsProgram.Piece.text(program)]] + Self.arguments
        route.restrictions.knownHostsCommand = KnownHostsCommand(
            KnownHostsProgram(path: "/bin/sh", arguments: arguments)
        ) { command, _ in
            do {
                return .success(try await Tool.run(command))
            } catch {
                return .failure(.init(why: "failed"))
            }
        }
        return route
    }

    /// The lookups, of a host that known_hosts has under no name, are those of this machine's ssh.
    @Test(arguments: [true, false]) func aProgramIsAskedAsSSHAsksIt(checksAddress: Bool) async throws {
        try await PrivateServer.with { server in
            try server.scratch.write("", to: "known_hosts")
            let key = try server.scratch.text("host_ed25519.pub")
            let program = try program(server, says: "[127.0.0.1]:\(server.port) \(key)")
            var route = try route(server, program)
            route.restrictions.checksAddress = checksAddress
            try await SSHConnection.open(route, logger: .quiet).close()
            let ours = try server.scratch.text("heard")
            try server.scratch.write("", to: "heard")
            try await Tool.run(
                server.sshCommand([
                    "CheckHostIP=\(checksAddress ? "yes" : "no")",
                    "KnownHostsCommand=/bin/sh \(program) \(Self.written)",
                ]))
            #expect(ours.contains("-ORDER- 127.0.0.1 NONE NONE NONE\n-HOSTNAME- "))
            #expect(try ours == server.scratch.text("heard"))
        }
    }

    /// As with this machine's ssh.
    @Test(arguments: [("[127.0.0.1]:PORT", true), ("127.0.0.1", false)])
    func aProgramNamesTheHostWithItsPort(name: String, isTrusted: Bool) async throws {
        try await PrivateServer.with { server in
            try server.scratch.write("", to: "known_hosts")
            let key = try server.scratch.text("host_ed25519.pub")
            let lines = "\(name.replacing("PORT", with: "\(server.port)")) \(key)"
            let connection = try? await SSHConnection.open(
                route(server, program(server, says: lines)), logger: .quiet)
            await connection?.close()
            #expect((connection != nil) == isTrusted)
            let login = try? await Tool.run(
                server.sshCommand(["KnownHostsCommand=/bin/sh \(server.scratch.file("program"))"]))
            #expect((login != nil) == isTrusted)
        }
    }

    @Test func aProgramIsAskedAboutTheAddressWhereThatIsChecked() async throws {
        try await PrivateServer.with { server in
            var route = try route(server, program(server, says: ""))
            (route.target.name, route.restrictions.checksAddress) = ("box", true)
            try await SSHConnection.open(route, logger: .quiet).close()
            let lookups = try server.scratch.text("heard").split(separator: "\n").map {
                $0.split(separator: " ").prefix(2).joined(separator: " ")
            }
            let (name, address) = ("[box]:\(server.port)", "[127.0.0.1]:\(server.port)")
            #expect(lookups == ["-ORDER- box", "-HOSTNAME- \(name)", "-ADDRESS- \(address)"])
        }
    }

    @Test func aKeyThatAProgramRevokesIsRefusedWhateverTheFilesSay() async throws {
        try await PrivateServer.with { server in
            let key = try server.scratch.text("host_ed25519.pub")
            try server.scratch.write("[127.0.0.1]:\(server.port) \(key)", to: "known_hosts")
            let route = try route(server, program(server, says: "# ours\n@revoked * \(key)"))
            let error = await #expect(throws: SSHError.self) {
                _ = try await SSHConnection.open(route, logger: .quiet)
            }
            guard case .hostKeyRevoked(_, "KnownHostsCommand:2")? = error?.reason else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func anotherKeyThanTheProgramNamesIsRefused() async throws {
        try await PrivateServer.with { server in
            try server.scratch.write("", to: "known_hosts")
            try await server.scratch.makeKey("other")
            let key = try server.scratch.text("other.pub")
            let route = try route(server, program(server, says: "[127.0.0.1]:\(server.port) \(key)"))
            let error = await #expect(throws: SSHError.self) {
                _ = try await SSHConnection.open(route, logger: .quiet)
            }
            let text = "\(String(describing: error))"
            #expect(text.contains("'KnownHostsCommand:1' has another key for it, SHA256:"), "\(text)")
            #expect(text.contains("have KnownHostsCommand of the ssh configuration name the new key"))
            #expect(!text.contains("ssh-keygen"))
        }
    }

    @Test func aProgramThatFailsIsNamedAndNoKeyIsTrusted() async throws {
        try await PrivateServer.with { server in
            let key = try server.scratch.text("host_ed25519.pub")
            try server.scratch.write("[127.0.0.1]:\(server.port) \(key)", to: "known_hosts")
            let route = try route(server, program(server, says: "", exit: 3))
            let error = await #expect(throws: SSHError.self) {
                _ = try await SSHConnection.open(route, logger: .quiet)
            }
            #expect(error?.reason == .knownHostsCommandFailed(program: "/bin/sh", why: "failed"))
            #expect(error?.operation == .lookUpHostKey)
        }
    }

    @Test func whereNeitherFilesNorTheProgramKnowTheHostBothAreNamed() async throws {
        try await PrivateServer.with { server in
            try server.scratch.write("", to: "known_hosts")
            let route = try route(server, program(server, says: ""))
            let error = await #expect(throws: SSHError.self) {
                _ = try await SSHConnection.open(route, logger: .quiet)
            }
            let file = server.scratch.file("known_hosts")
            let text = "\(String(describing: error))"
            #expect(text.contains("no line of '\(file)', 'KnownHostsCommand' vouches"), "\(text)")
            #expect(text.contains(">> \(file)"), "\(text)")
            // Files alone are searched for the name without its port.
            #expect(try !server.scratch.text("heard").contains("-HOSTNAME- 127.0.0.1 "))
        }
    }
}
