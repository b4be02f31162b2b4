import Digest
import Glibc
import Testing

@testable import SSH

@Suite struct HardwareKeyTests {
    /// A security key that is always touched, behind an agent; of Ed25519.
    private struct StandIn {
        private static let application = Array("ssh:".utf8)
        private static let touched: UInt8 = 1

        let seed = Scratch.noise(SigningKey.seedBytes)
        /// The algorithm that the signature names.
        var algorithm = "sk-ssh-ed25519@openssh.com"

        func publicKey() throws -> HostKey {
            let key = try #require(SigningKey(ed25519Seed: seed))
            var plain = WireReader(key.publicKey.blob)
            _ = plain.string()
            let point = plain.string()
            var blob = WireWriter()
            blob.string("sk-ssh-ed25519@openssh.com".utf8)
            blob.string(try #require(point))
            blob.string(Self.application)
            return try #require(HostKey(blob: blob.bytes))
        }

        /// The answer to one request (draft-miller-ssh-agent).
        func answer(_ request: [UInt8]) throws -> [UInt8] {
            var reader = WireReader(request)
            var answer = WireWriter()
            guard reader.byte() == 13 else {
                answer.byte(12)
                answer.uint32(1)
                answer.string(try publicKey().blob)
                answer.string("touch me".utf8)
                return answer.bytes
            }
            _ = reader.string()
            let message = reader.string()
            answer.byte(14)
            answer.string(try signature(of: try #require(message)))
            return answer.bytes
        }

        /// OpenSSH's PROTOCOL.u2f.
        private func signature(of message: [UInt8]) throws -> [UInt8] {
            let tail: [UInt8] = [Self.touched, 0, 0, 0, 7]
            let signed = SHA256.digest(Self.application) + tail + SHA256.digest(message)
            let key = try #require(SigningKey(ed25519Seed: seed))
            let bytes = try #require(key.signature(of: signed, algorithm: "ssh-ed25519"))
            var signature = WireWriter()
            signature.string(algorithm.utf8)
            signature.string(bytes)
            return signature.bytes + tail
        }
    }

    /// Runs the stand-in's agent for one caller.
    private static func serve(_ standIn: StandIn, on listener: Int32) {
        let caller = accept(listener, nil, nil)
        defer { close(caller) }
        func read(_ count: Int) -> [UInt8]? {
            var bytes = [UInt8](repeating: 0, count: count)
            return recv(caller, &bytes, count, Int32(MSG_WAITALL)) == count ? bytes : nil
        }
        while let header = read(4) {
            var reader = WireReader(header)
            guard let count = reader.uint32(), let request = read(Int(count)),
                let answer = try? standIn.answer(request)
            else { return }
            var message = WireWriter()
            message.string(answer)
            _ = send(caller, message.bytes, message.bytes.count, Int32(MSG_NOSIGNAL))
        }
    }

    private static func login(_ standIn: StandIn) async throws -> Result<Void, SSHError> {
        try await Scratch.with { scratch in
            let key = try standIn.publicKey()
            let listener = try LocalListener(path: scratch.file("agent"))
            let descriptor = listener.descriptor
            #expect(startThread { serve(standIn, on: descriptor) })
            let outcome = Outcome()
            try await PrivateServer.with { server in
                try server.scratch.write("\(key)\n", to: "authorized_keys")
                do throws(SSHError) {
                    try await server.connect(SSHCredentials(agentSocket: scratch.file("agent"))).close()
                    await outcome.set(.success(()))
                } catch {
                    await outcome.set(.failure(error))
                }
            }
            withExtendedLifetime(listener.port) {}
            return try await #require(outcome.value)
        }
    }

    private actor Outcome {
        private(set) var value: Result<Void, SSHError>?
        func set(_ value: Result<Void, SSHError>) { self.value = value }
    }

    @Test func aHardwareKeyOfTheAgentLogsInOrSaysWhyNot() async throws {
        switch try await Self.login(StandIn()) {
        case .success: #expect(SSHLibrary.isModern)
        case .failure(let error):
            #expect(!SSHLibrary.isModern)
            #expect("\(error)".contains("knows no hardware keys: build turnstile with Scripts/libssh2"))
        }
    }

    @Test(.enabled(if: SSHLibrary.isModern)) func anAgentThatSignsByAnotherAlgorithmIsNotBelieved()
        async throws
    {
        let outcome = try await Self.login(StandIn(algorithm: "ssh-ed25519"))
        let error = #expect(throws: SSHError.self) { try outcome.get() }
        #expect(error?.description.contains("another algorithm than 'sk-ssh-ed25519@openssh.com'") == true)
    }
}
