import Digest
import Glibc
import Testing

@testable import SSH

@Suite struct HardwareKeyTests {
    /// A kind of security key, by the plain key that signs for it here.
    enum Kind: String, CaseIterable, Sendable {
        case ed25519
        case ecdsa

        var name: String {
            switch self {
            case .ed25519: "sk-ssh-ed25519@openssh.com"
            case .ecdsa: "sk-ecdsa-sha2-nistp256@openssh.com"
            }
        }
    }

    /// A security key that is always touched, behind an agent. An agent of OpenSSH signs for it with a plain key.
    private struct StandIn {
        private static let application = Array("ssh:".utf8)
        private static let touched: UInt8 = 1

        let kind: Kind
        /// The algorithm that the signature names.
        let algorithm: String
        let plain: HostKey
        /// The socket of the agent that holds the plain key.
        let agent: String

        struct NoAnswer: Error {}

        /// OpenSSH's PROTOCOL.u2f: the plain key's fields under another name, and the application.
        func publicKey() throws -> HostKey {
            var fields = WireReader(plain.blob)
            _ = fields.string()
            var blob = WireWriter()
            blob.string(kind.name.utf8)
            while let field = fields.string() { blob.string(field) }
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
            var signature = WireWriter()
            signature.string(algorithm.utf8)
            signature.string(try plainSignature(of: signed))
            return signature.bytes + tail
        }

        private func plainSignature(of message: [UInt8]) throws -> [UInt8] {
            var request = WireWriter()
            request.byte(13)
            request.string(plain.blob)
            request.string(message)
            request.uint32(0)
            guard let call = AgentCall(socket: agent), let answered = call.answer(to: request.bytes) else {
                throw NoAnswer()
            }
            var answer = WireReader(answered)
            guard answer.byte() == 14, let signed = answer.string() else { throw NoAnswer() }
            var signature = WireReader(signed)
            guard signature.string() != nil, let bytes = signature.string() else { throw NoAnswer() }
            return bytes
        }
    }

    /// Runs the stand-in's agent for one caller.
    private static func serve(_ standIn: StandIn, on listener: Int32) {
        let caller = accept(listener, nil, nil)
        defer { close(caller) }
        let call = AgentCall(descriptor: caller)
        while let request = call.read(), let answer = try? standIn.answer(request), call.write(answer) {}
    }

    /// - Parameter algorithm: that the signature names; nil for its own.
    private static func login(_ kind: Kind, algorithm: String? = nil) async throws -> Result<Void, SSHError> {
        let outcome = Outcome()
        try await Scratch.with { scratch in
            try await scratch.makeKey("plain", type: kind.rawValue)
            try await PrivateAgent.with(scratch, keys: ["plain"]) { socket in
                let line = try scratch.text("plain.pub").split(separator: " ")
                let plain = try #require(Base64.decode(line[1].utf8).flatMap(HostKey.init))
                let standIn = StandIn(
                    kind: kind, algorithm: algorithm ?? kind.name, plain: plain, agent: socket)
                let listener = try LocalListener(path: scratch.file("hardware"))
                let descriptor = listener.descriptor
                #expect(startThread { serve(standIn, on: descriptor) })
                await outcome.set(try await login(standIn, scratch.file("hardware")))
                withExtendedLifetime(listener.port) {}
            }
        }
        return try await #require(outcome.value)
    }

    private static func login(_ standIn: StandIn, _ socket: String) async throws -> Result<Void, SSHError> {
        let key = try standIn.publicKey()
        let outcome = Outcome()
        try await PrivateServer.with { server in
            try server.scratch.write("\(key)\n", to: "authorized_keys")
            do throws(SSHError) {
                try await server.connect(SSHCredentials(agentSocket: socket)).close()
                await outcome.set(.success(()))
            } catch {
                await outcome.set(.failure(error))
            }
        }
        return try await #require(outcome.value)
    }

    private actor Outcome {
        private(set) var value: Result<Void, SSHError>?
        func set(_ value: Result<Void, SSHError>) { self.value = value }
    }

    @Test(arguments: Kind.allCases) func aHardwareKeyOfTheAgentLogsInOrSaysWhyNot(kind: Kind) async throws {
        switch try await Self.login(kind) {
        case .success: #expect(SSHLibrary.isModern)
        case .failure(let error):
            #expect(!SSHLibrary.isModern)
            #expect("\(error)".contains("knows no hardware keys: build turnstile with Scripts/libssh2"))
        }
    }

    @Test(.enabled(if: SSHLibrary.isModern), arguments: Kind.allCases)
    func anAgentThatSignsByAnotherAlgorithmIsNotBelieved(kind: Kind) async throws {
        let outcome = try await Self.login(kind, algorithm: "ssh-ed25519")
        let error = #expect(throws: SSHError.self) { try outcome.get() }
        #expect(error?.description.contains("another algorithm than '\(kind.name)'") == true)
    }
}
