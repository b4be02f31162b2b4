import Glibc
import Testing

@testable import SSH

@Suite struct LoginKeyTests {
    private static func held(_ type: String) throws -> AgentKey {
        var blob = WireWriter()
        blob.string(type.utf8)
        blob.string([1, 2, 3])
        return AgentKey(key: try #require(HostKey(blob: blob.bytes)), comment: type)
    }

    /// ssh ignores such a key, too.
    @Test(arguments: [(0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o660, false)])
    func aKeyThatOthersCanReadDoesNotCount(mode: mode_t, counts: Bool) async throws {
        try await Scratch.with { scratch in
            let path = try await scratch.makeKey("key")
            #expect(chmod(path, mode) == 0)
            let files = LoginFiles(identities: [path], certificates: [])
            #expect(files.identities.map(\.publicKey?.type) == ["ssh-ed25519"])
            let absence = files.identities.first?.absence
            #expect((absence == nil) == counts, "\(absence ?? "")")
            #expect(counts || absence?.contains("chmod 600") == true)
        }
    }

    /// After a server that knew no signature of an RSA key, libssh2 1.11 offers no key at all.
    @Test func noOtherKeyStandsBehindAnRSAKeyWhereThatMatters() throws {
        let types = ["ssh-rsa", "ssh-ed25519", "ssh-rsa-cert-v01@openssh.com", "ecdsa-sha2-nistp256"]
        let held = try types.map(Self.held)
        let files = LoginFiles(identities: [], certificates: [])
        func order(isRSALast: Bool) -> [String?] {
            LoginKey.all(files: files, held: held, only: false, isRSALast: isRSALast).map(\.type)
        }
        #expect(
            order(isRSALast: false)
                == ["ssh-rsa-cert-v01@openssh.com", "ssh-rsa", "ssh-ed25519", "ecdsa-sha2-nistp256"])
        #expect(
            order(isRSALast: true)
                == ["ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa-cert-v01@openssh.com", "ssh-rsa"])
    }
}
