import Glibc
import SSH
import Synchronization
import Testing

/// Hosts that known_hosts says nothing of, where such hosts are accepted.
@Suite(.serialized) struct NewHostKeyTests {
    /// The keys that were shown.
    private final class Shown: Sendable {
        let keys = Mutex<[RecordedHostKey]>([])
        var count: Int { keys.withLock { $0.count } }

        func accepting(_ files: [String], hashesNames: Bool = false) -> SSHRestrictions {
            SSHRestrictions(
                newHostKeys: NewHostKeys(files: files, hashesNames: hashesNames) { key in
                    self.keys.withLock { $0.append(key) }
                })
        }
    }

    private static func open(_ server: PrivateServer, _ restrictions: SSHRestrictions, _ files: [String])
        async throws(SSHError)
    {
        let connection = try await SSHConnection.open(
            SSHRoute(
                target: server.target, credentials: server.credentials,
                knownHosts: try KnownHosts.load(files: files, mayBeMissing: true), restrictions: restrictions,
                timeouts: .patient),
            logger: .quiet)
        await connection.close()
    }

    private static func refusal(_ server: PrivateServer, _ restrictions: SSHRestrictions, _ files: [String])
        async throws -> String
    {
        "\(try await #require(throws: SSHError.self) { try await open(server, restrictions, files) })"
    }

    private static func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test func aNewHostIsShownAndRecordedOnceAsSSHWould() async throws {
        try await PrivateServer.with { server in
            let (scratch, shown) = (server.scratch, Shown())
            let file = scratch.file("new/known_hosts")
            for _ in 0..<2 {
                try await Self.open(server, shown.accepting(["/dev/null", file]), ["/dev/null", file])
            }
            let key = try scratch.text("host_ed25519.pub").split(separator: " ")[..<2].joined(separator: " ")
            #expect(try scratch.text("new/known_hosts") == "[box]:\(server.port) \(key)\n")
            #expect(Self.mode(file) == 0o600 && Self.mode(scratch.file("new")) == 0o700)
            #expect(shown.count == 1)
            let listing = try await Tool.run(
                "/usr/bin/ssh-keygen", "-lv", "-f", scratch.file("host_ed25519.pub"))
            let recorded = try #require(shown.keys.withLock { $0.first })
            #expect(listing.contains(" \(recorded.key.fingerprint) ") && recorded.file == file)
        }
    }

    @Test func aHashedNameIsOneThatSSHFinds() async throws {
        try await PrivateServer.with { server in
            let (file, shown) = (server.scratch.file("new"), Shown())
            try server.scratch.write("# no newline at its end", to: "new")
            for _ in 0..<2 { try await Self.open(server, shown.accepting([file], hashesNames: true), [file]) }
            let text = try server.scratch.text("new")
            #expect(text.hasPrefix("# no newline at its end\n|1|") && !text.contains("box"))
            #expect(text.split(separator: "\n").count == 2 && shown.count == 1)
            let found = try await Tool.run("/usr/bin/ssh-keygen", "-F", "[box]:\(server.port)", "-f", file)
            #expect(found.contains("|1|"))
        }
    }

    @Test func manyConnectionsAtOnceRecordOneLine() async throws {
        try await PrivateServer.with { server in
            let (file, shown) = (server.scratch.file("new"), Shown())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<12 {
                    group.addTask { try await Self.open(server, shown.accepting([file]), [file]) }
                }
                try await group.waitForAll()
            }
            #expect(try server.scratch.text("new").split(separator: "\n").count == 1)
            #expect(shown.count == 1)
        }
    }

    /// `HOST` stands for the host's key, `OTHER` for another of its type, `ECDSA` for one of another type.
    @Test(arguments: [
        ("[box]:PORT OTHER", "has another key for it, SHA256:"),
        ("[box]:PORT ECDSA", "only for keys of type ecdsa-sha2-nistp256"),
        ("@cert-authority * OTHER", "it has no certificate for its key"),
        ("@revoked * HOST", "is revoked in '"),
    ])
    func whatIsSaidOfAHostCounts(line: String, says: String) async throws {
        try await PrivateServer.with(hostKeys: ["ed25519"]) { server in
            let (scratch, shown) = (server.scratch, Shown())
            try await scratch.makeKey("other")
            try await scratch.makeKey("ecdsa", type: "ecdsa")
            let text = try [("HOST", "host_ed25519"), ("OTHER", "other"), ("ECDSA", "ecdsa")].reduce(
                line.replacing("PORT", with: "\(server.port)")
            ) { text, word in
                text.replacing(
                    word.0,
                    with: try scratch.text("\(word.1).pub").split(separator: " ")[..<2].joined(separator: " ")
                )
            }
            let file = try scratch.write(text + "\n", to: "new")
            // As it was read before, and as another program wrote it since.
            for read in [[file], []] {
                let error = try await Self.refusal(server, shown.accepting([file]), read)
                #expect(error.contains(says) || read.isEmpty && line.hasPrefix("@cert"), "\(error)")
            }
            #expect(try scratch.text("new") == text + "\n" && shown.count == 0)
        }
    }

    @Test func aKeyThatCannotBeRecordedIsNotAccepted() async throws {
        try await PrivateServer.with { server in
            let shown = Shown()
            let none = try await Self.refusal(server, shown.accepting(["/dev/null"]), [])
            #expect(none.contains("no file is named that keeps") && none.contains("UserKnownHostsFile"))
            let lost = try await Self.refusal(
                server, shown.accepting([server.scratch.file("no/such/directory")]), [])
            #expect(lost.contains("no/such/directory': No such file or directory"))
            #expect(shown.count == 0)
        }
    }

    /// The name would be a pattern.
    @Test func aNameThatMeansMoreThanItselfIsNotRecorded() async throws {
        try await PrivateServer.with { server in
            let (file, shown) = (server.scratch.file("new"), Shown())
            var target = server.target
            target.hostKeyAlias = "*"
            let error = try await #require(throws: SSHError.self) {
                _ = try await SSHConnection.open(
                    SSHRoute(
                        target: target, credentials: server.credentials, knownHosts: KnownHosts(),
                        restrictions: shown.accepting([file]), timeouts: .patient),
                    logger: .quiet)
            }
            #expect("\(error)".contains("the host's name cannot stand in such a file"))
        }
    }
}
