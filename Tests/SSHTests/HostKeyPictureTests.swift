import Testing

@testable import SSH

@Suite struct HostKeyPictureTests {
    @Test(arguments: [("ed25519", "256"), ("ecdsa", "384"), ("ecdsa", "521"), ("rsa", "2048")])
    func thePictureIsTheOneThatOpenSSHDraws(type: String, bits: String) async throws {
        try await Scratch.with { scratch in
            for number in 0..<3 {
                let path = try await scratch.makeKey(
                    "key\(number)", type: type, options: type == "ed25519" ? [] : ["-b", bits])
                let key = try #require(PublicKeyFile.key(try scratch.read("key\(number).pub")))
                let drawn = try await Tool.run("/usr/bin/ssh-keygen", "-lv", "-f", path + ".pub")
                #expect(
                    drawn.split(separator: "\n").dropFirst().map(String.init) == HostKeyPicture(key).lines)
            }
        }
    }
}
