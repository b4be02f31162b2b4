import Glibc
import SSH
import Testing

@Suite(.serialized) struct UploadTests {
    private func digest(_ path: String) async throws -> Substring? {
        try await Tool.run("/usr/bin/sha256sum", path).split(separator: " ").first
    }

    private func mode(_ path: String) async throws -> String {
        try await Tool.run("/usr/bin/stat", "-c", "%a", path)
    }

    @Test func aFileIsReplacedWhole() async throws {
        try await PrivateServer.with { server in
            let scratch = server.scratch
            try await Tool.run("/bin/mkdir", scratch.file("bin"))
            try scratch.write("the old content\n", to: "bin/agent")
            let bytes = Scratch.noise(5 << 20)
            try scratch.write(bytes, to: "local")
            try await server.connected { connection in
                let result = try await connection.upload(
                    bytes, to: scratch.file("bin/agent"), mode: 0o755, deadline: .seconds(300))
                #expect(result.isFlushedByServer)
                #expect(try await digest(scratch.file("bin/agent")) == digest(scratch.file("local")))
                #expect(try await mode(scratch.file("bin/agent")) == "755\n")
                try await connection.upload(
                    [], to: scratch.file("bin/agent"), mode: 0o600, deadline: .seconds(300))
                #expect(try scratch.read("bin/agent") == [])
                #expect(try await mode(scratch.file("bin/agent")) == "600\n")
            }
            #expect(try await Tool.run("/bin/ls", "-A", scratch.file("bin")) == "agent\n")
        }
    }

    /// Names are data: none of these is ever read by a shell.
    @Test(arguments: [
        "with space", "$(touch pwned)", "a'b\"c`d;e", "-rf", "größe", "back\\slash", " lead and trail ",
    ])
    func anyNameIsTakenAsItIs(name: String) async throws {
        try await PrivateServer.with { server in
            let directory = server.scratch.file("names")
            try await Tool.run("/bin/mkdir", directory)
            try await server.connected { connection in
                try await connection.upload(
                    Array("x".utf8), to: directory + "/" + name, mode: 0o644, deadline: .seconds(300))
            }
            #expect(try await Tool.run("/bin/ls", "-AN", directory) == name + "\n")
        }
    }

    @Test(arguments: ["", "a\nb", "dir/", "nul\0"]) func aNameThatCannotBePassedOnIsRefused(name: String)
        async throws
    {
        try await PrivateServer.with { server in
            try await server.connected { connection in
                let error = try await #require(throws: SSHError.self) {
                    try await connection.upload([], to: name, mode: 0o644, deadline: .seconds(300))
                }
                #expect(error.reason == .pathNotUsable)
            }
        }
    }

    @Test func aFailureLeavesNoTemporary() async throws {
        try await PrivateServer.with { server in
            let scratch = server.scratch
            try await Tool.run("/bin/mkdir", "-p", scratch.file("place/agent/full"))
            try await server.connected { connection in
                // The last step fails: a directory is in the way.
                let blocked = try await #require(throws: SSHError.self) {
                    try await connection.upload(
                        Array("x".utf8), to: scratch.file("place/agent"), mode: 0o644, deadline: .seconds(300)
                    )
                }
                guard case .uploadFailed("mv and sync", let why) = blocked.reason else {
                    Issue.record("\(blocked)")
                    return
                }
                #expect(why.contains("directory"))
                #expect(blocked.leftover == nil)
                // The first step fails.
                let missing = try await #require(throws: SSHError.self) {
                    try await connection.upload(
                        Array("x".utf8), to: scratch.file("nowhere/agent"), mode: 0o644,
                        deadline: .seconds(300))
                }
                guard case .uploadFailed(_, "no such file or directory") = missing.reason else {
                    Issue.record("\(missing)")
                    return
                }
                #expect(missing.library?.code == -31)
            }
            #expect(try await Tool.run("/bin/ls", "-A", scratch.file("place")) == "agent\n")
        }
    }

    @Test func aCancelledUploadLeavesNoTemporary() async throws {
        try await PrivateServer.with { server in
            let scratch = server.scratch
            try await Tool.run("/bin/mkdir", scratch.file("place"))
            try await server.connected { connection in
                let bytes = [UInt8](repeating: 7, count: 64 << 20)
                let error = try await #require(throws: SSHError.self) {
                    try await connection.upload(
                        bytes, to: scratch.file("place/agent"), mode: 0o644, deadline: .milliseconds(150))
                }
                #expect(error.reason == .deadlinePassed(.milliseconds(150)))
                #expect(error.leftover == nil)
                #expect(try await connection.output(of: "echo on") == "on")
            }
            #expect(try await Tool.run("/bin/ls", "-A", scratch.file("place")) == "")
        }
    }

    @Test func aServerWithoutSFTPSaysSo() async throws {
        try await PrivateServer.with(["Subsystem none /bin/false"]) { server in
            try await server.connected { connection in
                let error = try await #require(throws: SSHError.self) {
                    try await connection.upload(
                        [], to: server.scratch.file("x"), mode: 0o644, deadline: .seconds(300))
                }
                #expect(error.operation == .openChannel && error.reason == .channelRefused)
            }
        }
    }
}
