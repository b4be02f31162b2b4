import SSH
import Testing

@Suite(.serialized) struct HostKeyTests {
    private func refusal(_ server: PrivateServer) async throws -> SSHError {
        try await #require(throws: SSHError.self) { _ = try await server.connect() }
    }

    @Test func anUnknownHostIsRefusedWithItsFingerprint() async throws {
        try await PrivateServer.with { server in
            try server.scratch.write("elsewhere ssh-ed25519 AAAA\n", to: "known_hosts")
            let error = try await refusal(server)
            guard case .hostKeyUnknown(let offered, [], [server.scratch.file("known_hosts")]) = error.reason
            else {
                Issue.record("\(error)")
                return
            }
            let listing = try await Tool.run(
                "/usr/bin/ssh-keygen", "-l", "-f", server.scratch.file("host_ed25519.pub"))
            #expect(listing.contains(" \(offered.fingerprint) "))
            #expect("\(error)".contains("ssh-keyscan -p \(server.port) 127.0.0.1"))
        }
    }

    @Test func aChangedKeyIsRefused() async throws {
        try await PrivateServer.with { server in
            try await server.scratch.makeKey("other")
            try server.vouch(for: ["other"])
            let error = try await refusal(server)
            guard case .hostKeyChanged(_, _, let lines) = error.reason else {
                Issue.record("\(error)")
                return
            }
            #expect(lines == [KnownHostsLine(file: server.scratch.file("known_hosts"), number: 1)])
            #expect("\(error)".contains("ssh-keygen -R '[box]:\(server.port)'"))
        }
    }

    @Test func aRevokedKeyIsRefused() async throws {
        try await PrivateServer.with { server in
            let key = try server.scratch.text("host_ed25519.pub")
            try server.scratch.write("[box]:\(server.port) \(key)@revoked * \(key)", to: "known_hosts")
            let error = try await refusal(server)
            guard case .hostKeyRevoked(_, let place) = error.reason else {
                Issue.record("\(error)")
                return
            }
            #expect(place == server.scratch.file("known_hosts") + ":2")
        }
    }

    /// The host is asked for its key all the same, so that a person has something to compare.
    @Test func aMissingKnownHostsFileIsNamedWithTheKeyToCompare() async throws {
        try await PrivateServer.with { server in
            let file = server.scratch.file("known_hosts")
            try await Tool.run("/bin/rm", file)
            let error = try await refusal(server)
            guard case .knownHostsMissing([file], let offered?) = error.reason else {
                Issue.record("\(error)")
                return
            }
            let listing = try await Tool.run(
                "/usr/bin/ssh-keygen", "-l", "-f", server.scratch.file("host_ed25519.pub"))
            #expect(listing.contains(" \(offered.fingerprint) "))
            #expect("\(error)".contains("none of '\(file)' exists"), "\(error)")
            #expect("\(error)".contains(offered.fingerprint), "\(error)")
            #expect("\(error)".contains("ssh-keyscan -p \(server.port) 127.0.0.1"), "\(error)")
            #expect(error.keyStanding == .unknown)
            // The line that the advice puts there is enough.
            try server.vouch(for: ["host_ed25519"])
            let answer = try await server.connected { try await $0.output(of: "echo in") }
            #expect(answer == "in")
        }
    }

    /// The server offers three; whichever is known is the one asked for.
    @Test(arguments: ["ed25519", "ecdsa"]) func theKnownTypeIsAskedFor(type: String) async throws {
        try await PrivateServer.with(hostKeys: ["ecdsa", "ed25519"]) { server in
            try server.vouch(for: ["host_\(type)"])
            let answer = try await server.connected { try await $0.output(of: "echo in") }
            #expect(answer == "in")
        }
    }

    @Test func aHashedEntryIsFound() async throws {
        try await PrivateServer.with { server in
            try await Tool.run("/usr/bin/ssh-keygen", "-q", "-H", "-f", server.scratch.file("known_hosts"))
            let answer = try await server.connected { try await $0.output(of: "echo in") }
            #expect(answer == "in")
        }
    }

    @Test func anRSAHostKeyIsCheckedBySHA2OrThatIsExplained() async throws {
        try await PrivateServer.with(hostKeys: ["rsa"]) { server in
            if SSHLibrary.isModern { return try await server.connect().close() }
            let error = try await refusal(server)
            guard case .noCommonAlgorithm(let classes) = error.reason else {
                Issue.record("\(error)")
                return
            }
            #expect(classes.map(\.kind) == [.hostKey])
            #expect("\(error)".contains("SHA-1") && "\(error)".contains("rsa-sha2-512"))
        }
    }

    @Test func anRSAHostKeyIsCheckedBySHA1OnlyWhereAskedFor() async throws {
        try await PrivateServer.with(["HostKeyAlgorithms ssh-rsa"], hostKeys: ["rsa"]) { server in
            let error = try await refusal(server)
            #expect("\(error)".contains("HostKeyAlgorithms +ssh-rsa"))
            try await server.connect(restrictions: .oldRSA).close()
            var demanding = SSHRestrictions.oldRSA
            demanding.rsaBitsMin = 8192
            let short = try await #require(throws: SSHError.self) {
                try await server.connect(restrictions: demanding)
            }
            #expect("\(short)".contains("RequiredRSASize demands 8192"))
        }
    }

    /// `HOST` and `ECDSA` stand for keys of the server, `OTHER` for one that it does not have. The answer is that of this
    /// machine's ssh.
    @Test(
        arguments: [
            ["[127.0.0.1]:PORT OTHER", "127.0.0.1 HOST"], ["[127.0.0.1]:PORT HOST", "127.0.0.1 OTHER"],
            ["127.0.0.1 HOST"], ["127.0.0.1 OTHER"],
            ["[127.0.0.1]:PORT HOST", "[127.0.0.1]:PORT ECDSA", "@revoked * HOST"],
            ["[127.0.0.1]:PORT HOST", "@revoked 127.0.0.1 HOST"],
            ["127.0.0.1 HOST", "@revoked [127.0.0.1]:PORT HOST"],
            ["[127.0.0.1]:PORT HOST", "@revoked * ssh-ed25519 !!!!"],
            ["alias OTHER", "127.0.0.1 HOST"], ["alias HOST", "127.0.0.1 OTHER"],
        ], [nil, "alias"])
    func aHostIsTrustedWhereSSHTrustsIt(lines: [String], alias: String?) async throws {
        try await PrivateServer.with(hostKeys: ["ed25519", "ecdsa"]) { server in
            let scratch = server.scratch
            try await scratch.makeKey("other")
            let keys = [("HOST", "host_ed25519"), ("ECDSA", "host_ecdsa"), ("OTHER", "other")]
            let text = try keys.reduce(lines.joined(separator: "\n")) { text, key in
                text.replacing(key.0, with: try scratch.text("\(key.1).pub").split(separator: "\n").joined())
            }
            try scratch.write(text.replacing("PORT", with: "\(server.port)") + "\n", to: "known_hosts")
            let login = try? await Tool.run(
                server.sshCommand(alias.map { ["HostKeyAlias=\($0)"] } ?? []))
            var route = try server.route()
            (route.target.name, route.target.hostKeyAlias) = ("127.0.0.1", alias)
            for route in [route, try server.route(behind: route)] {
                let connection = try? await SSHConnection.open(route, logger: .quiet)
                await connection?.close()
                #expect((connection != nil) == (login != nil))
            }
        }
    }

    // MARK: Revoked keys

    /// As lines of keys, and as each form of a key revocation list.
    @Test(arguments: ["%k", "# none\n%k", "%k\r\n", "krl key: %k", "krl sha256: %k", "krl sha1: %k"])
    func aRevokedKeyIsRefusedWhateverKnownHostsSays(form: String) async throws {
        try await PrivateServer.with { server in
            let scratch = server.scratch
            let key = try scratch.text("host_ed25519.pub").split(separator: "\n").joined()
            let file = try await Self.revoked(form, key, scratch)
            let restrictions = SSHRestrictions(revokedKeys: try RevokedKeys.load(file))
            let error = try await #require(throws: SSHError.self) {
                try await server.connect(restrictions: restrictions)
            }
            guard case .hostKeyRevoked(_, file) = error.reason else {
                Issue.record("\(error)")
                return
            }
            try await scratch.makeKey("other")
            let other = try scratch.text("other.pub").split(separator: "\n").joined()
            let others = SSHRestrictions(
                revokedKeys: try RevokedKeys.load(try await Self.revoked(form, other, scratch)))
            try await server.connect(restrictions: others).close()
        }
    }

    private static func revoked(_ form: String, _ key: String, _ scratch: Scratch) async throws -> String {
        let text = form.split(separator: "%k", omittingEmptySubsequences: false).joined(separator: key)
        guard text.hasPrefix("krl ") else { return try scratch.write(text + "\n", to: "revoked") }
        let list = try scratch.write(text.dropFirst(4) + "\n", to: "specification")
        try await Tool.run("/usr/bin/ssh-keygen", "-q", "-k", "-f", scratch.file("revoked"), list)
        return scratch.file("revoked")
    }

    @Test func aListThatCannotBeReadRefusesAll() async throws {
        try await PrivateServer.with { server in
            let scratch = server.scratch
            let key = try scratch.text("host_ed25519.pub")
            let whole = try scratch.read(
                try await Self.revoked("krl key: %k", key.split(separator: "\n").joined(), scratch).split(
                    separator: "/"
                )
                .last.map(String.init) ?? "")
            var files = [scratch.file("none"), scratch.path]
            files.append(try scratch.write(Array(whole.dropLast()), to: "torn"))
            files.append(try scratch.write(whole + [9, 0, 0, 0, 0], to: "unknown"))
            files.append(try scratch.write(whole + [4, 0, 0, 0, 0], to: "signed"))
            for file in files {
                let error = #expect(throws: SSHError.self) { try RevokedKeys.load(file) }
                #expect(error?.description.contains("'\(file)'") == true)
            }
        }
    }

    // MARK: Algorithms

    @Test(arguments: [
        (
            "KexAlgorithms diffie-hellman-group14-sha1", SSHAlgorithms.Class.keyExchange,
            "KexAlgorithms +diffie-hellman-group14-sha1"
        ),
        ("MACs hmac-sha1-96", .mac, "MACs +hmac-sha1-96"),
        ("Ciphers aes128-cbc", .cipher, "Ciphers +aes128-cbc"),
    ])
    func whatIsWeakIsLeftOutUnlessAskedFor(line: String, kind: SSHAlgorithms.Class, advice: String)
        async throws
    {
        try await PrivateServer.with([line]) { server in
            let error = try await refusal(server)
            guard case .noCommonAlgorithm(let classes) = error.reason else {
                Issue.record("\(error)")
                return
            }
            #expect(classes.map(\.kind) == [kind])
            #expect("\(error)".contains("'\(advice)'"))
            let weak = String(line.split(separator: " ")[1])
            try await server.connect(restrictions: .init(algorithms: .init([kind: [weak]]))).close()
        }
    }

    /// Servers of 2014 may have no better MAC, and ssh takes this one by default.
    @Test(arguments: [nil, ["hmac-sha1"], ["hmac-sha1", "hmac-sha2-256"]])
    func aMACOverSHA1IsTakenFromAServerWithNothingBetter(allowed: [String]?) async throws {
        try await PrivateServer.with(["MACs hmac-sha1"]) { server in
            let algorithms = SSHAlgorithms(allowed.map { [.mac: $0] } ?? [:])
            try await server.connect(restrictions: .init(algorithms: algorithms)).close()
            let usual = algorithms.withoutWeak(unlessBeyond: algorithms)
            try await server.connect(restrictions: .init(algorithms: usual)).close()
        }
    }

    @Test func encryptThenMACAloneIsUsedOrNamedAsThat() async throws {
        try await PrivateServer.with([
            "MACs hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com,umac-128-etm@openssh.com",
            "Ciphers chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes128-gcm@openssh.com,aes256-ctr",
        ]) { server in
            if SSHLibrary.isModern { return try await server.connect().close() }
            let text = "\(try await refusal(server))"
            #expect(text.contains("no MAC in common") && text.contains("umac-128-etm@openssh.com"))
            #expect(!text.contains("host key"))
        }
    }

    /// Enough both ways for packets to come in pieces.
    @Test(
        .enabled(if: SSHLibrary.isModern),
        arguments: [
            "MACs hmac-sha2-256-etm@openssh.com", "MACs hmac-sha2-512-etm@openssh.com",
            "Ciphers aes256-gcm@openssh.com", "Ciphers aes128-gcm@openssh.com",
            "Ciphers chacha20-poly1305@openssh.com",
        ])
    func whatANewerLibraryHasCarriesData(line: String) async throws {
        let bytes = Scratch.noise(3 << 20)
        try await PrivateServer.with([line]) { server in
            try await server.connected { connection in
                let echoed = try await connection.run("cat", input: bytes, deadline: .seconds(300))
                #expect(echoed.stdout == bytes)
                try await connection.upload(
                    bytes, to: server.scratch.file("uploaded"), mode: 0o600, deadline: .seconds(300))
            }
            #expect(try server.scratch.read("uploaded") == bytes)
        }
    }

    @Test func whatIsAllowedButNotThereIsNamedWithBothLists() async throws {
        try await PrivateServer.with { server in
            for kind in SSHAlgorithms.Class.allCases where kind != .authority {
                let error = try await #require(throws: SSHError.self) {
                    try await server.connect(
                        restrictions: .init(algorithms: .init([kind: ["future@example.com"]])))
                }
                guard case .algorithmsUnsupported(let found) = error.reason else {
                    Issue.record("\(error)")
                    continue
                }
                #expect(found.kind == kind && found.allowed == ["future@example.com"])
                #expect("\(error)".contains(kind.keyword))
            }
        }
    }

    // MARK: The address

    @Test func anAddressWithAnotherKeyIsRefusedWhereSSHWouldCheckIt() async throws {
        try await PrivateServer.with { server in
            try await server.scratch.makeKey("other")
            let own = try server.scratch.text("known_hosts")
            let other = try server.scratch.text("other.pub")
            try server.scratch.write("\(own)[127.0.0.1]:\(server.port) \(other)", to: "known_hosts")
            try await server.connect().close()
            let error = try await #require(throws: SSHError.self) {
                try await server.connect(restrictions: .init(checksAddress: true))
            }
            guard case .hostKeyChanged(_, _, let lines) = error.reason else {
                Issue.record("\(error)")
                return
            }
            #expect(lines.map(\.number) == [2])
        }
    }

    @Test func nothingIsToBeAppendedToADevice() async throws {
        try await PrivateServer.with { server in
            let error = try await #require(throws: SSHError.self) {
                _ = try await SSHConnection.open(
                    SSHRoute(
                        target: server.target, credentials: server.credentials,
                        knownHosts: try KnownHosts.load(files: ["/dev/null"]), timeouts: .patient),
                    logger: .quiet)
            }
            #expect(!"\(error)".contains(">> /dev/null"))
            #expect("\(error)".contains(">> ~/.ssh/known_hosts") && "\(error)".contains("UserKnownHostsFile"))
        }
    }
}
