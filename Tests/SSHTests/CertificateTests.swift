import Testing

@testable import SSH

@Suite(.serialized) struct CertificateTests {
    private static let types = ["ed25519", "ecdsa", "rsa"]

    /// An sshd that takes whatever its authority signed, and no key for itself.
    private static func with(_ body: @escaping @Sendable (PrivateServer) async throws -> Void) async throws {
        try await Scratch.with { authority in
            try await authority.makeKey("authority")
            try await PrivateServer.with(["TrustedUserCAKeys \(authority.file("authority.pub"))"]) { server in
                try server.scratch.write(try authority.read("authority"), to: "authority")
                try server.scratch.write("", to: "authorized_keys")
                try await body(server)
            }
        }
    }

    /// A key with a certificate beside it.
    private static func makeKey(
        _ name: String, on server: PrivateServer, type: String = "ed25519", passphrase: String = "",
        principal: String? = nil, validity: String = "+1h"
    ) async throws -> String {
        let path = try await server.scratch.makeKey(name, type: type, passphrase: passphrase)
        try await Tool.run(
            "/usr/bin/ssh-keygen", "-q", "-s", server.scratch.file("authority"), "-I", "of a test", "-n",
            principal ?? server.user, "-V", validity, path + ".pub")
        return path
    }

    private static func refusal(_ server: PrivateServer, _ credentials: SSHCredentials) async throws -> String
    {
        "\(try await #require(throws: SSHError.self) { try await server.connect(credentials) })"
    }

    /// - Returns: whether it logs in, which only a libssh2 that knows certificates does.
    private static func expectLogin(_ server: PrivateServer, _ credentials: SSHCredentials) async throws {
        if SSHLibrary.isModern { return try await server.connect(credentials).close() }
        let error = try await refusal(server, credentials)
        #expect(error.contains("libssh2 \(SSHLibrary.version) knows no certificates"))
        #expect(error.contains("Scripts/libssh2"))
    }

    @Test(arguments: types, ["", "open sesame"])
    func aCertificateBesideItsKeyLogsIn(type: String, passphrase: String) async throws {
        try await Self.with { server in
            let path = try await Self.makeKey("key", on: server, type: type, passphrase: passphrase)
            try await Self.expectLogin(
                server, SSHCredentials(identityFiles: [path], person: .there { _ in passphrase }))
        }
    }

    @Test func aCertificateFileIsForAKeyElsewhere() async throws {
        try await Self.with { server in
            let path = try await Self.makeKey("key", on: server)
            let elsewhere = server.scratch.file("elsewhere")
            try await Tool.run("/bin/mv", path + "-cert.pub", elsewhere)
            try await Self.expectLogin(
                server, SSHCredentials(identityFiles: [path], certificateFiles: [elsewhere]))
            let alone = try await Self.refusal(
                server, SSHCredentials(certificateFiles: [elsewhere, path + ".pub"]))
            #expect(
                alone.contains(
                    "'\(elsewhere)' (ssh-ed25519-cert-v01@openssh.com): there is no private key for it"))
            #expect(alone.contains("'\(path).pub': it holds no certificate"))
        }
    }

    @Test(arguments: types) func theAgentsCertificatesLogIn(type: String) async throws {
        try await Self.with { server in
            let path = try await Self.makeKey("key", on: server, type: type)
            // ssh-add takes the certificate along.
            try await PrivateAgent.with(server.scratch, keys: ["key"]) { socket in
                try await Self.expectLogin(server, SSHCredentials(agentSocket: socket))
                try await Self.expectLogin(
                    server, SSHCredentials(identityFiles: [path], agentSocket: socket, identitiesOnly: true))
            }
        }
    }

    @Test(arguments: [
        ("20200101000000Z:20200102000000Z", "the certificate expired at 2020-01-02 00:00:00 UTC"),
        ("20990101000000Z:20990102000000Z", "the certificate is not valid before 2099-01-01 00:00:00 UTC"),
    ])
    func aCertificateOutOfItsTimeIsNotOffered(validity: String, why: String) async throws {
        try await Self.with { server in
            let path = try await Self.makeKey("key", on: server, validity: validity)
            #expect(try await Self.refusal(server, SSHCredentials(identityFiles: [path])).contains(why))
            // The key itself is none the worse for it.
            try server.authorize("key")
            try await server.connect(SSHCredentials(identityFiles: [path])).close()
        }
    }

    @Test(.enabled(if: SSHLibrary.isModern)) func aCertificateForSomebodyElseIsNamedAsThat() async throws {
        try await Self.with { server in
            let path = try await Self.makeKey("key", on: server, principal: "somebody")
            let error = try await Self.refusal(server, SSHCredentials(identityFiles: [path]))
            #expect(error.contains("the certificate is for 'somebody', not for '\(server.user)'"))
        }
    }

    @Test(arguments: types) func aTornCertificateIsNone(type: String) async throws {
        try await Self.with { server in
            let path = try await Self.makeKey("key", on: server, type: type)
            let whole = try #require(
                PublicKeyFile.key(try LocalFile.read(path + "-cert.pub", bytesMax: 1 << 20).get()))
            let certificate = try #require(KeyCertificate(whole))
            let plain = PublicKeyFile.key(try LocalFile.read(path + ".pub", bytesMax: 1 << 20).get())
            #expect(certificate.key == plain && certificate.principals == [server.user])
            for count in 0..<whole.blob.count {
                guard let torn = HostKey(blob: Array(whole.blob.prefix(count))) else { continue }
                if let read = KeyCertificate(torn) { #expect(read.key == plain) }
            }
        }
    }
}
