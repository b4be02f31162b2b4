import Testing

@testable import SSH

@Suite struct KeyChoiceTests {
    @Test(arguments: [
        ("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u7", "OpenSSH_9.2p1", true),
        ("SSH-2.0-OpenSSH_7.2", "OpenSSH_7.2", true), ("SSH-2.0-OpenSSH_10.0p2", "OpenSSH_10.0p2", true),
        ("SSH-2.0-OpenSSH_7.1p2", "OpenSSH_7.1p2", false), ("SSH-2.0-OpenSSH_6.6.1", "OpenSSH_6.6.1", false),
        ("SSH-2.0-dropbear_2022.83", "dropbear_2022.83", true),
        ("SSH-2.0-OpenSSH_for_Windows_9.5", "OpenSSH_for_Windows_9.5", true),
        ("SSH-2.0-OpenSSH_99999999999999999999.1", "OpenSSH_99999999999999999999.1", true), ("", "", true),
    ])
    func whatAServerKnowsIsReadOffItsGreeting(line: String, software: String, knowsSHA2: Bool) {
        let version = ServerVersion(line)
        #expect(version.software == software && version.knowsRSAWithSHA2 == knowsSHA2)
    }

    struct RSACase: Sendable {
        var algorithms: [String]
        var server = "OpenSSH_9.2p1"
        var signatures: [String] = []
        var objection: KeyObjection?
    }

    @Test(arguments: [
        RSACase(algorithms: ["rsa-sha2-512", "rsa-sha2-256"], signatures: ["rsa-sha2-512", "rsa-sha2-256"]),
        RSACase(algorithms: ["rsa-sha2-256"], signatures: ["rsa-sha2-256"]),
        RSACase(algorithms: ["ssh-rsa", "rsa-sha2-256"], signatures: ["rsa-sha2-256", "ssh-rsa"]),
        RSACase(algorithms: ["ssh-rsa"], signatures: ["ssh-rsa"]),
        RSACase(algorithms: ["rsa-sha2-512", "ssh-rsa"], server: "OpenSSH_6.6.1", signatures: ["ssh-rsa"]),
        RSACase(
            algorithms: ["rsa-sha2-512"], server: "OpenSSH_6.6.1", objection: .serverTooOld("OpenSSH_6.6.1")),
        RSACase(algorithms: ["ssh-ed25519", "rsa-sha2-512-cert-v01@openssh.com"], objection: .notAllowed),
    ])
    func anRSAKeySignsAsTheServerKnowsAndTheConfigurationAllows(row: RSACase) throws {
        let key = try Self.key("ssh-rsa", [1, 0, 1], [UInt8](repeating: 0x55, count: 256))
        for isModern in [true, false] {
            let choice = KeyChoice(
                algorithms: row.algorithms, .init(), server: ServerVersion("SSH-2.0-\(row.server)"),
                libraryIsModern: isModern)
            switch choice.offer(key) {
            case .failure(let objection): #expect(objection == row.objection)
            case .success(let offer):
                #expect(offer.signatures == row.signatures)
                // libssh2 1.10 takes the signature's name from the key.
                #expect(HostKey(blob: offer.blob)?.type == (isModern ? "ssh-rsa" : row.signatures.first))
            }
        }
    }

    @Test(arguments: ["ssh-ed25519-cert-v01@openssh.com", "sk-ssh-ed25519@openssh.com"])
    func whatLibssh2LacksIsNamed(type: String) throws {
        let key = try Self.key(type, [UInt8](repeating: 7, count: 32))
        func offer(isModern: Bool) -> Result<KeyOffer, KeyObjection> {
            KeyChoice(algorithms: [type], .init(), server: ServerVersion(""), libraryIsModern: isModern)
                .offer(key)
        }
        #expect(throws: Never.self) { try offer(isModern: true).get() }
        let objection = #expect(throws: KeyObjection.self) { try offer(isModern: false).get() }
        #expect(objection?.description.contains("Scripts/libssh2") == true)
    }

    @Test(arguments: [
        ("ssh-ed25519", "ssh-ed25519-cert-v01@openssh.com"),
        ("rsa-sha2-512", "rsa-sha2-512-cert-v01@openssh.com"),
        ("sk-ssh-ed25519@openssh.com", "sk-ssh-ed25519-cert-v01@openssh.com"),
    ])
    func certificatesHaveNamesOfTheirOwn(plain: String, certificate: String) {
        #expect(KeyType(plain).certificate.name == certificate && KeyType(certificate).plain.name == plain)
        #expect(KeyType(certificate).isCertificate && !KeyType(plain).isCertificate)
    }

    private static func key(_ type: String, _ fields: [UInt8]...) throws -> HostKey {
        var blob = WireWriter()
        blob.string(type.utf8)
        for field in fields { blob.string(field) }
        return try #require(HostKey(blob: blob.bytes))
    }
}
