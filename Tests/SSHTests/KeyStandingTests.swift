import Glibc
import SSH
import Testing

/// The states of key files and of host keys that `doctor` is told.
@Suite(.serialized) struct KeyStandingTests {
    @Test func aKeyFileCountsWhereItsOwnerAloneReadsIt() async throws {
        try await Scratch.with { scratch in
            try await scratch.makeKey("id")
            #expect(KeyFileState(path: scratch.file("id")) == .usable)
            chmod(scratch.file("id"), 0o640)
            #expect(KeyFileState(path: scratch.file("id")) == .open(mode: 0o640))
            // A public file names a key of an agent's.
            chmod(scratch.file("id.pub"), 0o644)
            #expect(KeyFileState(path: scratch.file("id.pub")) == .usable)
            #expect(KeyFileState(path: scratch.file("none")) == .missing)
            #expect(KeyFileState(path: scratch.path) == .unreadable("Is a directory"))
        }
    }

    @Test func anUnknownKeyAndAnotherKeyAreToldApart() async throws {
        try await PrivateServer.with { server in
            try server.scratch.write("elsewhere ssh-ed25519 AAAA\n", to: "known_hosts")
            #expect(try await standing(server) == .unknown)
            try await server.scratch.makeKey("other")
            try server.vouch(for: ["other"])
            guard case .other(let entries)? = try await standing(server) else {
                Issue.record("it has another key")
                return
            }
            #expect(entries.map(\.file) == [server.scratch.file("known_hosts")])
            #expect(entries.map(\.name) == ["[box]:\(server.port)"])
            let key = try server.scratch.text("host_ed25519.pub")
            try server.scratch.write("@revoked * \(key)", to: "known_hosts")
            #expect(try await standing(server) == nil)
        }
    }

    private func standing(_ server: PrivateServer) async throws -> SSHError.KeyStanding? {
        try await #require(throws: SSHError.self) { _ = try await server.connect() }.keyStanding
    }
}
