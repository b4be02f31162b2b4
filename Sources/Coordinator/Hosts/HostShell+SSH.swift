import Driving
import Logging
import RolloutModel
import SSH

extension HostShell {
    /// Commands over SSH, one session a host.
    ///
    /// - Parameter routes: how each host is reached, or why that cannot be said.
    public static func ssh(_ routes: [HostID: Result<SSHRoute, HostFault>], logger: Logger) -> HostShell {
        let sessions = routes.mapValues { $0.map { SSHSession(route: $0, logger: logger) } }
        @Sendable func session(_ host: HostID) throws(HostFault) -> SSHSession {
            let unknown = HostFault(host: host, kind: .unreachable, why: "nothing says how it is reached")
            return try (sessions[host] ?? .failure(unknown)).get()
        }
        return HostShell(
            run: { host, command throws(HostFault) in
                try await session(host).attempt(host) { connection throws(SSHError) in
                    let result = try await connection.run(
                        command.text.text, input: command.input, outputLimit: command.outputBytesMax,
                        deadline: command.deadline)
                    return HostCommandResult(result.exit, output: result.stdout, errors: result.stderr)
                }
            },
            converse: { host, command, onLine throws(HostFault) in
                try await session(host).attempt(host) { connection throws(SSHError) in
                    let lines = LineSplitter(bytesMax: command.outputBytesMax)
                    let exit = try await connection.follow(command) { chunk in
                        for line in lines.take(chunk) { await onLine(line) }
                    }
                    return HostCommandResult(exit, output: [], errors: lines.errors)
                }
            },
            upload: { host, bytes, path, deadline throws(HostFault) in
                try await session(host).attempt(host) { connection throws(SSHError) in
                    _ = try await connection.upload(bytes, to: path, mode: 0o600, deadline: deadline)
                }
            },
            disconnect: { host in
                if let session = try? session(host) { await session.disconnect() }
            })
    }
}

extension HostCommandResult {
    fileprivate init(_ exit: CommandExit, output: [UInt8], errors: [UInt8]) {
        switch exit {
        case .status(let status): self.init(output: output, errors: errors, exitStatus: status)
        case .signal(let name):
            self.init(output: output, errors: errors, exitStatus: nil, exitSignal: name)
        }
    }
}

extension SSHConnection {
    /// `stream` with a reader that cannot fail, so that what is thrown is SSH's own.
    fileprivate func follow(
        _ command: HostCommand, onOutput: @Sendable (OutputChunk) async -> Void
    ) async throws(SSHError) -> CommandExit {
        do {
            return try await stream(
                command.text.text, input: command.input, deadline: command.deadline, onOutput: onOutput)
        } catch let error as SSHError {
            throw error
        } catch {
            throw SSHError(.runCommand, target: target, .cancelled)
        }
    }
}
