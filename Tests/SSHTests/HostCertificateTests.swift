import SSH
import Testing

/// An sshd with a certificate, and a known_hosts that knows authorities alone.
@Suite(.serialized) struct HostCertificateTests {
    /// A certificate as it is made, and as known_hosts is written.
    struct Making: Sendable, CustomTestStringConvertible {
        var testDescription: String { label }
        var label: String
        var hostKey = "ed25519"
        var authority = "ed25519"
        /// Options of ssh-keygen.
        var options = ["-h", "-n", "other,box", "-V", "-1h:+1h"]
        var isServed = true
        /// Lines of known_hosts; `CA` and `OTHER` stand for public keys, `HOST` for the host's, `PORT` for its port.
        var knownHosts = ["@cert-authority [box]:PORT CA"]
        /// Lines of the file of revoked keys.
        var revoked: [String] = []
        var configuration: [String] = []
    }

    private static func with(
        _ making: Making, _ body: @escaping @Sendable (PrivateServer, SSHRestrictions) async throws -> Void
    ) async throws {
        try await Scratch.with { keys in
            try await keys.makeKey("ca", type: making.authority)
            try await keys.makeKey("other")
            try await keys.makeKey("host", type: making.hostKey)
            try await Tool.run(
                ["/usr/bin/ssh-keygen", "-q", "-s", keys.file("ca"), "-I", "of a test", "-z", "7"]
                    + making.options + [keys.file("host.pub")])
            let served =
                ["HostKey \(keys.file("host"))"]
                + (making.isServed ? ["HostCertificate \(keys.file("host-cert.pub"))"] : [])
            try await PrivateServer.with(served + making.configuration, hostKeys: []) { server in
                func expanded(_ line: String) throws -> String {
                    try [("CA", "ca.pub"), ("OTHER", "other.pub"), ("HOST", "host.pub")].reduce(
                        line.replacing("PORT", with: "\(server.port)")
                    ) { text, word in
                        text.replacing(
                            word.0,
                            with: try keys.text(word.1).split(separator: " ")[..<2].joined(separator: " "))
                    }
                }
                try server.scratch.write(
                    try making.knownHosts.map { try expanded($0) + "\n" }.joined(), to: "known_hosts")
                var restrictions = SSHRestrictions()
                if let first = making.revoked.first, first.hasPrefix("krl ") {
                    let list = try server.scratch.write(
                        try making.revoked.map {
                            try expanded(String($0.drop { $0 != " " }.dropFirst())) + "\n"
                        }
                        .joined(), to: "specification")
                    try await Tool.run(
                        "/usr/bin/ssh-keygen", "-q", "-k", "-f", server.scratch.file("revoked"), "-s",
                        keys.file("ca.pub"), list)
                    restrictions.revokedKeys = try RevokedKeys.load(server.scratch.file("revoked"))
                } else if !making.revoked.isEmpty {
                    try server.scratch.write(
                        try making.revoked.map { try expanded($0) + "\n" }.joined(), to: "revoked")
                    restrictions.revokedKeys = try RevokedKeys.load(server.scratch.file("revoked"))
                }
                try await body(server, restrictions)
            }
        }
    }

    static let good = [
        Making(label: "plain"),
        Making(label: "ECDSA host key", hostKey: "ecdsa"),
        Making(label: "RSA authority", authority: "rsa"),
        Making(label: "ECDSA authority", authority: "ecdsa"),
        Making(label: "pattern, without the port", knownHosts: ["@cert-authority *,!core-* CA"]),
        Making(
            label: "revoked for another port",
            knownHosts: ["@cert-authority [box]:PORT CA", "@revoked box CA"]),
        Making(label: "any time", options: ["-h", "-n", "box"]),
        Making(label: "principal that is a pattern", options: ["-h", "-n", "b*"]),
        Making(label: "a changed key", knownHosts: ["[box]:PORT OTHER", "@cert-authority [box]:PORT CA"]),
        Making(
            label: "the second authority", knownHosts: ["@cert-authority * OTHER", "@cert-authority * CA"]),
        Making(
            label: "other keys revoked", knownHosts: ["@revoked * OTHER", "@cert-authority * CA"],
            revoked: ["OTHER"]),
        Making(
            label: "other certificates revoked",
            revoked: ["krl serial: 6", "krl serial: 8-90", "krl id: another"]),
        Making(label: "P-256", configuration: ["KexAlgorithms ecdh-sha2-nistp256"]),
        Making(label: "group 14", configuration: ["KexAlgorithms diffie-hellman-group14-sha256"]),
        Making(label: "group 16", configuration: ["KexAlgorithms diffie-hellman-group16-sha512"]),
    ]

    @Test(arguments: good) func aGoodCertificateIsTrusted(making: Making) async throws {
        try await Self.with(making) { server, restrictions in
            try await server.connect(restrictions: restrictions).close()
        }
    }

    static let bad: [(Making, says: String)] = [
        (
            Making(label: "expired", options: ["-h", "-n", "box", "-V", "20200101000000Z:20200102000000Z"]),
            "it expired at 2020-01-02 00:00:00 UTC. Have the host's key signed anew: ssh-keygen -s AUTHORITY -h"
        ),
        (
            Making(
                label: "not yet valid", options: ["-h", "-n", "box", "-V", "20990101000000Z:20990102000000Z"]),
            "it is not valid before 2099-01-01 00:00:00 UTC. Check the clocks"
        ),
        (
            Making(label: "wrong principal", options: ["-h", "-n", "core-1,core-2"]),
            "it is for 'core-1', 'core-2', not for 'box'"
        ),
        (Making(label: "no principal", options: ["-h"]), "it names no host, and so is for none"),
        (
            Making(label: "other authority", knownHosts: ["@cert-authority * OTHER"]),
            "known_hosts:1' names another authority"
        ),
        (
            Making(
                label: "not this host's authority",
                knownHosts: ["@cert-authority *,!*box* CA", "@cert-authority * OTHER"]),
            "known_hosts:2' names another authority"
        ),
        (
            Making(label: "authority revoked", knownHosts: ["@cert-authority * CA", "@revoked * CA"]),
            "is revoked in '"
        ),
        (
            Making(
                label: "authority revoked without the port",
                knownHosts: ["@cert-authority box CA", "@revoked box CA"]),
            "is revoked in '"
        ),
        (Making(label: "authority in RevokedHostKeys", revoked: ["CA"]), "the key it was signed with, "),
        (Making(label: "key revoked", revoked: ["HOST"]), "Do not connect; give the host a new key"),
        (Making(label: "number revoked", revoked: ["krl serial: 7"]), "it is revoked in '"),
        (Making(label: "numbers revoked", revoked: ["krl serial: 5-9"]), "it is revoked in '"),
        (
            Making(
                label: "many numbers revoked", revoked: ["5", "7", "9", "11"].map { "krl serial: \($0)" }),
            "it is revoked in '"
        ),
        (Making(label: "name revoked", revoked: ["krl id: of a test"]), "it is revoked in '"),
        (
            Making(label: "critical option", options: ["-h", "-n", "box", "-O", "critical:be-careful=1"]),
            "critical options that are not known here: 'be-careful'"
        ),
        (
            Making(label: "SHA-1", authority: "rsa", options: ["-h", "-n", "box", "-t", "ssh-rsa"]),
            "it was signed by ssh-rsa, and allowed are ssh-ed25519"
        ),
        (
            Making(label: "no certificate", isServed: false),
            "it has no certificate for its key ssh-ed25519 SHA256:"
        ),
    ]

    @Test(arguments: bad) func aBadCertificateIsRefused(making: Making, says: String) async throws {
        try await Self.with(making) { server, restrictions in
            let error = try await #require(throws: SSHError.self) {
                try await server.connect(restrictions: restrictions)
            }
            #expect("\(error)".contains(says), "\(error)")
        }
    }

    /// However good the other key's certificate is.
    @Test func aHostKeepsItsKeyWhileTheProgramRuns() async throws {
        let making = Making(label: "any host", knownHosts: ["@cert-authority * CA"])
        try await Self.with(making) { first, _ in
            try await Self.with(making) { second, _ in
                var knownHosts = KnownHosts()
                for server in [first, second] {
                    knownHosts.add(try server.scratch.text("known_hosts"), file: "\(server.port)")
                }
                try await Self.open(first, knownHosts)
                try await Self.open(first, knownHosts)
                let error = try await #require(throws: SSHError.self) {
                    try await Self.open(second, knownHosts)
                }
                guard case .hostKeyReplaced(let offered, let before) = error.reason else {
                    Issue.record("\(error)")
                    return
                }
                #expect(offered != before && "\(error)".contains("when this command first reached it"))
            }
        }
    }

    private static func open(_ server: PrivateServer, _ knownHosts: KnownHosts) async throws(SSHError) {
        var target = server.target
        target.hostKeyAlias = "box"
        let connection = try await SSHConnection.open(
            SSHRoute(
                target: target, credentials: server.credentials, knownHosts: knownHosts, timeouts: .patient),
            logger: .quiet)
        await connection.close()
    }

    /// The certificate alone makes such a host's key one that may be used, even a key that known_hosts has.
    @Test(
        arguments: [
            (["@cert-authority [box]:PORT CA"], true, nil),
            (["[box]:PORT HOST", "@cert-authority [box]:PORT CA"], true, nil),
            (
                ["[box]:PORT HOST", "@cert-authority [box]:PORT CA"], false,
                "it has no certificate for its key"
            ),
            (["[box]:PORT HOST"], true, "HostKeyAlgorithms of the ssh configuration demands a certificate"),
            (["@revoked * HOST", "@cert-authority [box]:PORT CA"], true, "is revoked in"),
        ] as [([String], Bool, String?)])
    func algorithmsOfCertificatesAloneDemandOne(lines: [String], isServed: Bool, says: String?) async throws {
        let making = Making(label: "alone", isServed: isServed, knownHosts: lines)
        try await Self.with(making) { server, restrictions in
            var restrictions = restrictions
            restrictions.algorithms[.hostKey] = ["ssh-ed25519-cert-v01@openssh.com"]
            do {
                try await server.connect(restrictions: restrictions).close()
                #expect(says == nil)
            } catch {
                #expect(says.map { "\(error)".contains($0) } == true, "\(error)")
            }
        }
    }

    @Test func algorithmsOfAuthoritiesAreObeyed() async throws {
        try await Self.with(Making(label: "RSA", authority: "rsa")) { server, restrictions in
            var restrictions = restrictions
            restrictions.algorithms[.authority] = ["rsa-sha2-512", "ssh-ed25519"]
            try await server.connect(restrictions: restrictions).close()
            restrictions.algorithms[.authority] = ["ssh-ed25519", "ssh-rsa"]
            let error = try await #require(throws: SSHError.self) {
                try await server.connect(restrictions: restrictions)
            }
            #expect("\(error)".contains("CASignatureAlgorithms"))
        }
    }

    @Test func hashedNamesHaveAuthoritiesToo() async throws {
        try await Self.with(Making(label: "hashed")) { server, restrictions in
            // ssh-keygen -H leaves such lines as they are; so a plain one is hashed, and marked then.
            let plain = try server.scratch.text("known_hosts").replacing("@cert-authority ", with: "")
            try server.scratch.write(plain, to: "known_hosts")
            try await Tool.run("/usr/bin/ssh-keygen", "-q", "-H", "-f", server.scratch.file("known_hosts"))
            let hashed = try server.scratch.text("known_hosts")
            #expect(hashed.hasPrefix("|1|"))
            try server.scratch.write("@cert-authority " + hashed, to: "known_hosts")
            try await server.connect(restrictions: restrictions).close()
        }
    }

    /// Answers of a server that has no certificate to give.
    @Test(arguments: [
        ("HTTP/1.1 400 Bad Request\r\n", "what listens there is not SSH; it said 'HTTP/1.1 400 Bad Request'"),
        (String(repeating: "line\r\n", count: 5000), "is not SSH"),
        ("SSH-2.0-x\r\n", "no answer within 0.3 s"),
        ("SSH-2.0-x\r\n\0\0\0\u{1}\u{4}", "the SSH protocol broke down"),
        ("SSH-2.0-x\r\n\u{7f}\u{7f}\u{7f}\u{7f}", "the SSH protocol broke down"),
        ("SSH-2.0-x\r\n\0\0\0\u{c}\u{b}\u{2}\0\0\0\0\0\0\0\0\0\0", "the SSH protocol broke down"),
        ("SSH-2.0-x\r\n\0\0\0\u{c}\u{a}\u{1f}\0\0\0\0\0\0\0\0\0\0", "the SSH protocol broke down"),
        (
            "SSH-2.0-x\r\n"
                + String(repeating: "\0\0\0\u{c}\u{a}\u{2}\0\0\0\0\0\0\0\0\0\0", count: 20_000),
            "the SSH protocol broke down"
        ),
    ])
    func whatIsNoAnswerEndsTheQuestion(words: String, says: String) async throws {
        try await TalkingServer.with(words) { server in
            var knownHosts = KnownHosts()
            knownHosts.add("@cert-authority * \(Self.anyKey)", file: "known_hosts")
            let error = try await #require(throws: SSHError.self) {
                _ = try await SSHConnection.open(
                    SSHRoute(
                        target: SSHTarget(name: "box", host: "127.0.0.1", port: server.port, user: "core"),
                        credentials: SSHCredentials(), knownHosts: knownHosts,
                        timeouts: SSHTimeouts(
                            connect: .seconds(30),
                            handshake: says.hasPrefix("no answer") ? .milliseconds(300) : .seconds(30))),
                    logger: .quiet)
            }
            #expect(error.operation == .fetchCertificate)
            #expect("\(error)".contains(says), "\(error)")
        }
    }

    private static let anyKey =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"

    @Test func aUsersCertificateIsNotAHosts() async throws {
        // sshd itself serves none; so it is the check that is asked.
        try await Scratch.with { scratch in
            try await scratch.makeKey("ca")
            try await scratch.makeKey("host")
            try await Tool.run(
                "/usr/bin/ssh-keygen", "-q", "-s", scratch.file("ca"), "-I", "x", "-n", "box",
                scratch.file("host.pub"))
            let (flaw, _) = try HostCertificateFlaw.found(
                in: try scratch.text("host-cert.pub"), authority: try scratch.text("ca.pub"))
            #expect(flaw == .notForHosts)
        }
    }

    /// Every byte is part of the signed text, or of the signature.
    @Test func aChangedByteSpoilsACertificate() async throws {
        try await Scratch.with { scratch in
            try await scratch.makeKey("ca")
            try await scratch.makeKey("host")
            try await Tool.run(
                "/usr/bin/ssh-keygen", "-q", "-s", scratch.file("ca"), "-h", "-I", "x", "-n", "box",
                scratch.file("host.pub"))
            let (text, authority) = (try scratch.text("host-cert.pub"), try scratch.text("ca.pub"))
            let (flaw, count) = try HostCertificateFlaw.found(in: text, authority: authority)
            #expect(flaw == nil && count > 200)
            for place in 0..<count {
                let (flaw, _) = try HostCertificateFlaw.found(in: text, authority: authority, spoiling: place)
                #expect(flaw != nil, "byte \(place)")
            }
        }
    }
}
