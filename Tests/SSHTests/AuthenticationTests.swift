import SSH
import Synchronization
import Testing

@Suite(.serialized) struct AuthenticationTests {
    private func refusal(_ server: PrivateServer, _ credentials: SSHCredentials) async throws -> SSHError {
        try await #require(throws: SSHError.self) { _ = try await server.connect(credentials) }
    }

    struct KeyKind: Sendable, CustomTestStringConvertible {
        var type: String
        var options: [String] = []
        var passphrase = ""
        var testDescription: String { ([type] + options + [passphrase]).joined(separator: " ") }
    }

    static let keyKinds = [
        KeyKind(type: "ed25519"), KeyKind(type: "ecdsa"), KeyKind(type: "ecdsa", options: ["-b", "521"]),
        KeyKind(type: "ecdsa", options: ["-m", "PEM"]), KeyKind(type: "ed25519", passphrase: "open sesame"),
        KeyKind(type: "ecdsa", options: ["-m", "PEM"], passphrase: "open sesame"),
        KeyKind(type: "rsa", options: ["-b", "2048"]),
        KeyKind(type: "rsa", options: ["-b", "3072", "-m", "PEM"]),
        KeyKind(type: "rsa", options: ["-b", "4096", "-m", "PKCS8"]),
        KeyKind(type: "rsa", options: ["-b", "2048", "-m", "PEM"], passphrase: "open sesame"),
        KeyKind(type: "rsa", options: ["-b", "3072", "-m", "PKCS8"], passphrase: "open sesame"),
    ]

    @Test func everyKindOfKeyFileLogsIn() async throws {
        try await PrivateServer.with { server in
            for (number, kind) in Self.keyKinds.enumerated() {
                let path = try await server.scratch.makeKey(
                    "key\(number)", type: kind.type, passphrase: kind.passphrase, options: kind.options)
                try server.authorize("key\(number)")
                // With and without the public half beside it.
                for hasPublicFile in [true, false] {
                    if !hasPublicFile { try await Tool.run("/bin/rm", path + ".pub") }
                    let connection = try await server.connect(
                        SSHCredentials(identityFiles: [path], person: .there { _ in "open sesame" }))
                    #expect(try await connection.output(of: "echo in") == "in", "\(kind.testDescription)")
                    await connection.close()
                }
            }
        }
    }

    /// As with hardware tokens: a file names the key by its public half, and an agent has the private one.
    @Test(arguments: ["public.pub", "public"])
    func aKeyThatIsKnownByItsPublicHalfIsTheAgents(name: String) async throws {
        try await PrivateServer.with { server in
            let scratch = server.scratch
            try await scratch.makeKey("public")
            try server.authorize("public")
            try await PrivateAgent.with(scratch, keys: ["id", "public"]) { socket in
                try await Tool.run("/bin/rm", scratch.file("public"))
                let credentials = SSHCredentials(
                    identityFiles: [scratch.file(name)], agentSocket: socket, identitiesOnly: true)
                try await server.connect(credentials).close()
                // Another key of the agent is none of those that are named.
                try server.authorize("id")
                let refused = try await refusal(server, credentials)
                #expect("\(refused)".contains("agent key 'public' (ssh-ed25519): refused by the server"))
                #expect(!"\(refused)".contains("private key"), "\(refused)")
            }
            let alone = try await refusal(server, SSHCredentials(identityFiles: [scratch.file(name)]))
            let why = name == "public" ? "No such file or directory" : "it is a public key"
            #expect("\(alone)".contains("\(why), and no agent holds the private key"), "\(alone)")
        }
    }

    /// libssh2 takes no packet that long.
    @Test func aBannerThatIsTooLongIsNamed() async throws {
        try await Scratch.with { scratch in
            let banner = try scratch.write(String(repeating: "no trespassing\n", count: 7000), to: "banner")
            try await PrivateServer.with(["Banner \(banner)"]) { server in
                let error = try await refusal(server, server.credentials)
                #expect("\(error)".contains("a longer packet than libssh2 takes"), "\(error)")
                #expect("\(error)".contains("Banner of its sshd_config"), "\(error)")
            }
        }
    }

    @Test func aPassphraseIsAskedForOnce() async throws {
        try await PrivateServer.with { server in
            let path = try await server.scratch.makeKey("locked", passphrase: "open sesame")
            try server.authorize("locked")
            let asked = Mutex<[LoginQuestion]>([])
            let credentials = SSHCredentials(
                identityFiles: [path],
                person: .there { question in
                    asked.withLock { $0.append(question) }
                    return "open sesame"
                })
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { try await server.connect(credentials).close() } }
                try await group.waitForAll()
            }
            #expect(asked.withLock { $0 } == [.passphrase(path: path)])
        }
    }

    @Test func aWrongPassphraseIsAskedForAgainAndThenReported() async throws {
        try await PrivateServer.with { server in
            let path = try await server.scratch.makeKey("locked", passphrase: "open sesame")
            try server.authorize("locked")
            let answers = Mutex(["wrong", "open sesame"])
            let forgiven = SSHCredentials(
                identityFiles: [path], person: .there { _ in answers.withLock { $0.removeFirst() } })
            try await server.connect(forgiven).close()
            #expect(answers.withLock { $0.isEmpty })

            let asked = Mutex(0)
            let stubborn = SSHCredentials(
                identityFiles: [path],
                person: .there { _ in
                    asked.withLock { $0 += 1 }
                    return "wrong"
                })
            let error = try await refusal(server, stubborn)
            #expect("\(error)".contains("the passphrase is wrong"))
            #expect(asked.withLock { $0 } == 3)
        }
    }

    @Test func noPassphraseIsAskedForAKeyTheServerRefuses() async throws {
        try await PrivateServer.with { server in
            let path = try await server.scratch.makeKey("locked", passphrase: "open sesame")
            let asked = Mutex(0)
            let error = try await refusal(
                server,
                SSHCredentials(
                    identityFiles: [path],
                    person: .there { _ in
                        asked.withLock { $0 += 1 }
                        return nil
                    }))
            #expect("\(error)".contains("refused by the server"))
            #expect(asked.withLock { $0 } == 0)
        }
    }

    @Test func aRefusalSaysWhatWasTriedAndWhatIsAllowed() async throws {
        try await PrivateServer.with { server in
            let stranger = try await server.scratch.makeKey("stranger")
            let missing = server.scratch.file("missing")
            let error = try await refusal(server, SSHCredentials(identityFiles: [missing, stranger]))
            guard case .authenticationRefused(let record) = error.reason else {
                Issue.record("\(error)")
                return
            }
            #expect(record.allowed == ["publickey"])
            #expect(record.attempts.map(\.key) == ["'\(missing)'", "'\(stranger)'"])
            #expect(
                record.attempts.map(\.outcome) == ["No such file or directory", "refused by the server"])
            #expect(
                "\(error)".hasPrefix(
                    "cannot log in on '\(server.user)@box:\(server.port)': tried '\(missing)'"))
        }
    }

    // MARK: RSA

    @Test(arguments: [["-b", "2048"], ["-b", "3072", "-m", "PEM"], ["-b", "4096", "-m", "PKCS8"]])
    func anRSAKeySignsBySHA1OnlyWhereAskedFor(options: [String]) async throws {
        try await PrivateServer.with(["PubkeyAcceptedAlgorithms ssh-rsa"]) { server in
            let path = try await server.scratch.makeKey("rsa", type: "rsa", options: options)
            try server.authorize("rsa")
            let credentials = SSHCredentials(identityFiles: [path])
            #expect("\(try await refusal(server, credentials))".contains("refused by the server"))
            try await server.connect(credentials, restrictions: .oldRSA).close()
        }
    }

    @Test func anRSAKeyIsNotOfferedWhereItMayNotBe() async throws {
        try await PrivateServer.with { server in
            let path = try await server.scratch.makeKey("rsa", type: "rsa", options: ["-b", "2048"])
            try server.authorize("rsa")
            for hasPublicFile in [true, false] {
                if !hasPublicFile { try await Tool.run("/bin/rm", path + ".pub") }
                let unwanted = try await #require(throws: SSHError.self) {
                    try await server.connect(
                        SSHCredentials(identityFiles: [path]),
                        restrictions: .init(algorithms: .init([.userKey: ["ssh-ed25519"]])))
                }
                #expect("\(unwanted)".contains("does not allow its algorithm"))
                let short = try await #require(throws: SSHError.self) {
                    try await server.connect(
                        SSHCredentials(identityFiles: [path]), restrictions: .init(rsaBitsMin: 3072))
                }
                #expect("\(short)".contains("it has 2048 bits, and RequiredRSASize demands 3072"))
            }
        }
    }

    /// libssh2 alone opens such a file, and 1.10 has no more than SHA-1 for it.
    @Test func anRSAKeyEncryptedInOpenSSHsFormatLogsInOrSaysWhyNot() async throws {
        try await PrivateServer.with { server in
            let path = try await server.scratch.makeKey(
                "rsa", type: "rsa", passphrase: "open sesame", options: ["-b", "2048"])
            try server.authorize("rsa")
            let credentials = SSHCredentials(identityFiles: [path], person: .there { _ in "open sesame" })
            if SSHLibrary.isModern { return try await server.connect(credentials).close() }
            let error = "\(try await refusal(server, credentials))"
            #expect(error.contains("SHA-1") && error.contains("ssh-keygen -p -m PKCS8 -f \(path)"))
        }
    }

    @Test(arguments: ["2048", "3072", "4096"]) func theAgentsRSAKeysLogIn(bits: String) async throws {
        try await PrivateServer.with { server in
            try await server.scratch.makeKey("rsa", type: "rsa", options: ["-b", bits])
            try server.authorize("rsa")
            try await PrivateAgent.with(server.scratch, keys: ["rsa"]) { socket in
                try await server.connect(SSHCredentials(agentSocket: socket)).close()
                for signature in ["rsa-sha2-256", "rsa-sha2-512"] {
                    let restrictions = SSHRestrictions(algorithms: .init([.userKey: [signature]]))
                    try await server.connect(SSHCredentials(agentSocket: socket), restrictions: restrictions)
                        .close()
                }
            }
        }
    }

    @Test func theAgentsKeysLogIn() async throws {
        try await PrivateServer.with { server in
            let scratch = server.scratch
            try await scratch.makeKey("a-ed25519")
            try await scratch.makeKey("a-ecdsa", type: "ecdsa")
            let keys = ["a-ed25519", "a-ecdsa"]
            try await PrivateAgent.with(scratch, keys: keys) { socket in
                for key in keys {
                    try server.authorize(key)
                    let connection = try await server.connect(
                        SSHCredentials(agentSocket: socket))
                    #expect(try await connection.output(of: "echo in") == "in")
                    await connection.close()
                }
            }
        }
    }

    @Test func onlyNamedKeysAreOfferedWhenSoAsked() async throws {
        try await PrivateServer.with { server in
            let scratch = server.scratch
            let named = try await scratch.makeKey("named", passphrase: "")
            try await scratch.makeKey("unnamed")
            try server.authorize("unnamed")
            try await PrivateAgent.with(scratch, keys: ["unnamed", "named"]) { socket in
                let error = try await refusal(
                    server, SSHCredentials(identityFiles: [named], agentSocket: socket, identitiesOnly: true))
                guard case .authenticationRefused(let record) = error.reason else {
                    Issue.record("\(error)")
                    return
                }
                #expect(record.attempts.map(\.key) == ["agent key 'named'"])
                try await server.connect(SSHCredentials(identityFiles: [named], agentSocket: socket)).close()
            }
        }
    }

    @Test func anAgentThatIsGoneIsReportedAndPassedOver() async throws {
        try await PrivateServer.with { server in
            let socket = server.scratch.file("gone")
            let error = try await refusal(server, SSHCredentials(agentSocket: socket))
            #expect("\(error)".contains("the agent at '\(socket)': No such file or directory"))
            try await server.connect(
                SSHCredentials(identityFiles: [server.scratch.file("id")], agentSocket: socket)
            ).close()
        }
    }

    @Test func aStalledAgentDelaysNobodyElse() async throws {
        try await PrivateServer.with { server in
            let socket = server.scratch.file("stalled")
            let listener = try LocalListener(path: socket)
            let stalled = SSHCredentials(
                identityFiles: [server.scratch.file("id")], agentSocket: socket)
            var timeouts = SSHTimeouts.patient
            timeouts.agent = .seconds(1)
            try await server.connect(stalled, timeouts: timeouts).close()

            timeouts.agent = .seconds(600)
            timeouts.authentication = .seconds(600)
            let loop = try SSHLoop()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    group.addTask { [timeouts] in
                        let error = await #expect(throws: SSHError.self) {
                            try await server.connect(stalled, timeouts: timeouts, loop: loop).close()
                        }
                        #expect(error?.reason == .cancelled)
                    }
                }
                let connection = try await server.connect(loop: loop)
                #expect(try await connection.output(of: "echo in") == "in")
                await connection.close()
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(listener.descriptor >= 0)
        }
    }
}
