import Glibc
import Subprocess
import SystemPackage

/// An ssh-agent of one test's own, with the keys given.
enum PrivateAgent {
    static func with(
        _ scratch: Scratch, keys: [String],
        _ body: @escaping @Sendable (_ socket: String) async throws -> Void
    ) async throws {
        let socket = scratch.file("agent")
        _ = try await Subprocess.run(
            .path("/usr/bin/ssh-agent"), arguments: ["-D", "-a", socket], input: .none, output: .sequence,
            error: .discarded
        ) { agent in
            defer { kill(agent.processIdentifier.value, SIGKILL) }
            for try await line in agent.standardOutput.strings() where line.contains("SSH_AUTH_SOCK") {
                break
            }
            for key in keys {
                try await Tool.run(
                    "/usr/bin/ssh-add", "-q", scratch.file(key), environment: ["SSH_AUTH_SOCK": socket])
            }
            try await body(socket)
        }
    }
}
