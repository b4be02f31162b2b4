import Glibc
import SystemPackage
import Testing

@testable import SSH

/// Hosts that are reached through other hosts, or through a command.
@Suite(.serialized) struct PassageTests {
    private func failure(_ body: () async throws -> Void) async throws -> SSHError {
        try await #require(throws: SSHError.self) { try await body() }
    }

    @Test(arguments: 1...3)
    func aHostBehindOthersIsReached(hops: Int) async throws {
        try await chain(hops + 1) { servers in
            var route = try servers[0].route()
            for server in servers.dropFirst() {
                route = try server.route(passage: .through(SSHBastion(route, logger: .quiet)))
            }
            let connection = try await SSHConnection.open(route, logger: .quiet)
            #expect(try await connection.output(of: "echo there") == "there")
            // More than one window, in both directions.
            let noise = Scratch.noise(1 << 20)
            let result = try await connection.run("cat", input: noise, deadline: .seconds(300))
            #expect(result.stdout == noise)
            await connection.close()
        }
    }

    @Test func allHostsBehindABastionShareItsConnections() async throws {
        try await chain(2) { servers in
            // A busy machine answers late, and is no silent host.
            let bastion = try SSHBastion(servers[0].route(), answerTime: .seconds(600), logger: .quiet)
            let route = try servers[1].route(passage: .through(bastion))
            // As many channels as one connection has at most.
            var kept: [SSHConnection] = []
            for (count, connections) in [(12, 1), (52, 1), (6, 2)] {
                kept += try await open(count, route)
                #expect(try await servers[0].connections() == connections, "\(count) more")
            }
            for connection in kept { #expect(try await connection.output(of: "echo there") == "there") }
            for connection in kept { await connection.close() }
        }
    }

    private func open(_ count: Int, _ route: SSHRoute) async throws -> [SSHConnection] {
        try await withThrowingTaskGroup(of: SSHConnection.self) { group in
            for _ in 0..<count { group.addTask { try await SSHConnection.open(route, logger: .quiet) } }
            var opened: [SSHConnection] = []
            for try await connection in group { opened.append(connection) }
            return opened
        }
    }

    /// The answers of a bastion that leads nowhere, each with its name and its cause.
    @Test func aBastionThatDoesNotHelpIsNamed() async throws {
        try await PrivateServer.with(["AllowTcpForwarding no"]) { bastion in
            let route = try bastion.route(passage: .through(SSHBastion(bastion.route(), logger: .quiet)))
            let error = try await failure { _ = try await SSHConnection.open(route, logger: .quiet) }
            #expect(error.reason == .tunnelForbidden && error.way == .bastion("\(bastion.target)"))
            #expect(error.target == route.target && "\(error)".contains("AllowTcpForwarding"))
            #expect(error.shutBastion?.name == "\(bastion.target)")
            #expect(error.shutBastion?.why.contains("AllowTcpForwarding") == true)
        }
        try await PrivateServer.with { bastion in
            var route = try bastion.route(passage: .through(SSHBastion(bastion.route(), logger: .quiet)))
            route.target.port = try LocalListener.freePort()
            let dead = try await failure { _ = try await SSHConnection.open(route, logger: .quiet) }
            #expect(
                dead.reason == .unreachable("that one cannot connect to 127.0.0.1 port \(route.target.port)"))
            #expect("\(dead)".contains("through '\(bastion.target)'"), "\(dead)")
            // The bastion did its part.
            #expect(dead.shutBastion == nil)

            var stranger = try bastion.route()
            stranger.knownHosts = KnownHosts()
            let unknown = try bastion.route(passage: .through(SSHBastion(stranger, logger: .quiet)))
            let error = try await failure { _ = try await SSHConnection.open(unknown, logger: .quiet) }
            guard case .bastion(let own) = error.reason else {
                Issue.record("\(error)")
                return
            }
            #expect(own.operation == .verifyHostKey && own.target == stranger.target)
            #expect(error.shutBastion?.name == "\(stranger.target)" && error.shutBastion?.why == "\(own)")
            // Of several on the way, the one that is shut.
            var further = SSHError(.connect, target: inner(bastion), .bastion(error))
            further.way = .bastion("\(unknown.target)")
            #expect(further.shutBastion?.name == "\(stranger.target)")

            // The host behind is checked no less.
            var inner = try bastion.route(passage: .through(SSHBastion(bastion.route(), logger: .quiet)))
            inner.knownHosts = KnownHosts()
            let behind = try await failure { _ = try await SSHConnection.open(inner, logger: .quiet) }
            #expect(behind.operation == .verifyHostKey && behind.target == inner.target)
        }
    }

    private func inner(_ server: PrivateServer) -> SSHTarget { SSHTarget(name: "inner", user: server.user) }

    /// A bastion asks a silent host for minutes, and libssh2 asks for nothing else on that connection meanwhile.
    @Test func aSilentHostHoldsUpNoOther() async throws {
        let silent = try SilentPort()
        try await chain(2) { servers in
            let bastion = try SSHBastion(servers[0].route(), logger: .quiet)
            let route = try servers[1].route(passage: .through(bastion))
            var quiet = route
            quiet.target.port = silent.port
            quiet.timeouts.connect = .seconds(1)
            let error = try await failure { _ = try await SSHConnection.open(quiet, logger: .quiet) }
            #expect(error.reason == .deadlinePassed(.seconds(1)), "\(error)")
            #expect(error.operation == .connect && error.target == quiet.target)

            quiet.timeouts.connect = .seconds(600)
            let quietRoute = quiet
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        let error = try await failure {
                            _ = try await SSHConnection.open(quietRoute, logger: .quiet)
                        }
                        #expect(error.reason == .cancelled, "\(error)")
                    }
                }
                while await bastion.waiting < 3 { try await Task.sleep(for: .milliseconds(5)) }
                for connection in try await open(6, route) { await connection.close() }
                #expect(await bastion.waiting == 3)
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }

    @Test func theEndOfABastionIsNamedAndANewConnectionIsMade() async throws {
        try await chain(2) { servers in
            let bastion = try SSHBastion(servers[0].route(), logger: .quiet)
            let route = try servers[1].route(passage: .through(bastion))
            let connection = try await SSHConnection.open(route, logger: .quiet)
            // The session of the bastion, from the bastion's own side.
            let onBastion = try await SSHConnection.open(servers[0].route(), logger: .quiet)
            async let lost = failure { _ = try await connection.run("sleep 60", deadline: .seconds(300)) }
            try await servers[0].endConnections(keeping: onBastion)
            let error = try await lost
            guard case .connectionLost(let why) = error.reason else {
                Issue.record("\(error)")
                return
            }
            #expect(why.contains("the connection to '\(servers[0].target)', through which it went, was lost"))
            let again = try await SSHConnection.open(route, logger: .quiet)
            #expect(try await again.output(of: "echo there") == "there")
            await again.close()
            await onBastion.close()
        }
    }

    // MARK: ProxyCommand

    @Test func aProxyCommandIsTheWayAndEndsWithTheSession() async throws {
        try await chain(2) { servers in
            let pid = servers[0].scratch.file("proxy.pid")
            let text =
                "sh -c 'echo $$ >\(pid); exec \(servers[0].client) -W 127.0.0.1:\(servers[1].port) box'"
            let route = try servers[1].route(passage: .command(ProxyCommand(shell: "/bin/sh", text: text)))
            let connection = try await SSHConnection.open(route, logger: .quiet)
            let noise = Scratch.noise(1 << 20)
            #expect(try await connection.run("cat", input: noise, deadline: .seconds(300)).stdout == noise)
            let process = try #require(
                pid_t(try servers[0].scratch.text("proxy.pid").split(separator: "\n")[0]))
            #expect(kill(process, 0) == 0)
            await connection.close()
            let deadline = ContinuousClock.now + .seconds(20)
            while kill(process, 0) == 0, .now < deadline { try await Task.sleep(for: .milliseconds(20)) }
            #expect(kill(process, 0) == -1 && errno == ESRCH)
        }
    }

    @Test(arguments: [
        ("sh -c 'echo no way there >&2; exit 3'", ["exited(3)", "no way there"]),
        ("/no/such/program", ["/no/such/program"]),
        ("sh -c 'echo hello, this is no SSH'", ["hello, this is no SSH"]),
    ])
    func aProxyCommandThatFailsIsToldByItsOwnWords(_ text: String, words: [String]) async throws {
        try await PrivateServer.with { server in
            let route = try server.route(passage: .command(ProxyCommand(shell: "/bin/sh", text: text)))
            let error = try await failure { _ = try await SSHConnection.open(route, logger: .quiet) }
            for word in words { #expect("\(error)".contains(word), "\(error)") }
        }
    }

    /// Every host logs in on the bastion, whose sshd drops whoever comes while 10 do.
    @Test func manyProxyCommandsAtOnceAreNoneTooMany() async throws {
        try await PrivateServer.with(["MaxStartups 10:100:10"]) { bastion in
            try await PrivateServer.with { server in
                let text = "\(bastion.client) -W 127.0.0.1:\(server.port) box"
                let route = try server.route(passage: .command(ProxyCommand(shell: "/bin/sh", text: text)))
                for connection in try await open(24, route) { await connection.close() }
            }
        }
    }

    @Test(arguments: [
        ("script -qec 'read answer </dev/tty' /dev/null", SSHError.Reason.proxyCommandAsks),
        ("sleep 60", .deadlinePassed(.milliseconds(500))),
    ])
    func aProxyCommandThatAsksAtTheTerminalIsNamed(text: String, reason: SSHError.Reason) async throws {
        try await PrivateServer.with { server in
            var route = try server.route(passage: .command(ProxyCommand(shell: "/bin/sh", text: text)))
            route.timeouts.handshake = .milliseconds(500)
            let isAsked = reason == .proxyCommandAsks
            if isAsked { route.timeouts.deadline = .now + .seconds(4) }
            let begin = ContinuousClock.now
            let error = try await failure { _ = try await SSHConnection.open(route, logger: .quiet) }
            #expect(error.reason == reason, "\(error)")
            // A person may take longer than a handshake.
            #expect(!isAsked || .now - begin > .seconds(3))
        }
    }

    // MARK: Servers

    /// Lends as many servers.
    private func chain(
        _ count: Int, _ servers: [PrivateServer] = [],
        _ body: @escaping @Sendable ([PrivateServer]) async throws -> Void
    ) async throws {
        guard servers.count < count else { return try await body(servers) }
        try await PrivateServer.with { server in
            try await chain(count, servers + [server], body)
        }
    }
}

extension PrivateServer {
    /// ssh as it reaches this server, for a shell.
    fileprivate var client: String {
        "ssh -F none -i \(scratch.file("id")) -o UserKnownHostsFile=\(scratch.file("known_hosts")) -o HostName=127.0.0.1"
            + " -o HostKeyAlias=[box]:\(port) -p \(port) -l \(user)"
    }

    /// How many connections there are to it.
    fileprivate func connections() async throws -> Int {
        let local = ":" + String(port, radix: 16, uppercase: true)
        let table = try FileDescriptor.open("/proc/net/tcp", .readOnly)
        let text = try table.closeAfter {
            var (bytes, block) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
            while case let count = try block.withUnsafeMutableBytes({ try table.read(into: $0) }), count > 0 {
                bytes += block[..<count]
            }
            return String(decoding: bytes, as: UTF8.self)
        }
        let established = "01"
        return text.split(separator: "\n").map { $0.split(separator: " ") }
            .count { $0[1].hasSuffix(local) && $0[3] == established }
    }

    /// Ends the server's processes of every connection but one.
    fileprivate func endConnections(keeping connection: SSHConnection) async throws {
        let result = try await connection.run(
            """
            own=$PPID
            while listener=$(ps -o ppid= -p $own | tr -d ' '); ! ps -o args= -p $listener | grep -q listener; do
                own=$listener
            done
            for one in $(ps -o pid= --ppid $listener); do [ $one = $own ] || kill -9 $one; done
            """, deadline: .seconds(300))
        #expect(result.exit == .status(0))
    }
}
