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
            guard case .hostKeyChanged(_, let lines) = error.reason else {
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
            guard case .hostKeyRevoked(_, let line) = error.reason else {
                Issue.record("\(error)")
                return
            }
            #expect(line.number == 2)
        }
    }

    @Test func aMissingKnownHostsFileIsNamed() async throws {
        try await PrivateServer.with { server in
            try await Tool.run("/bin/rm", server.scratch.file("known_hosts"))
            #expect(
                try await refusal(server).reason == .knownHostsMissing([server.scratch.file("known_hosts")]))
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

    @Test func anRSAHostKeyOfAModernServerIsExplained() async throws {
        try await PrivateServer.with(hostKeys: ["rsa"]) { server in
            let error = try await refusal(server)
            #expect(error.reason == .noCommonAlgorithm(hostKeyTypes: ["ssh-rsa"]))
            #expect("\(error)".contains("SHA-1"))
        }
        try await PrivateServer.with(["HostKeyAlgorithms +ssh-rsa"], hostKeys: ["rsa"]) { server in
            let answer = try await server.connected { try await $0.output(of: "echo in") }
            #expect(answer == "in")
        }
    }
}
