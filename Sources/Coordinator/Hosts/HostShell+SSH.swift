import Driving
import Logging
import RolloutModel
import SSH

extension HostShell {
    /// Commands over SSH, one session a host.
    ///
    /// - Parameter route: how a host is reached, or why that cannot be said. Asked when that is first needed, and
    ///   again for each new session.
    public static func ssh(
        logger: Logger, route: @escaping @Sendable (HostID) async -> Result<SSHRoute, HostFault>
    ) -> HostShell {
        let sessions = SSHSessions(logger: logger, route: route)
        return HostShell(
            run: { host, command throws(HostFault) in
                try await sessions[host].attempt { connection throws(SSHError) in
                    let result = try await connection.run(
                        command.text.text, input: command.input, outputLimit: command.outputBytesMax,
                        deadline: command.deadline)
                    return HostCommandResult(result.exit, output: result.stdout, errors: result.stderr)
                }
            },
            converse: { host, command, onLine throws(HostFault) in
                try await sessions[host].attempt { connection throws(SSHError) in
                    let lines = LineSplitter(bytesMax: command.outputBytesMax)
                    let exit = try await connection.follow(command) { chunk in
                        for line in lines.take(chunk) { await onLine(line) }
                    }
                    return HostCommandResult(exit, output: [], errors: lines.errors)
                }
            },
            upload: { host, bytes, path, deadline throws(HostFault) in
                try await sessions[host].attempt { connection throws(SSHError) in
                    _ = try await connection.upload(bytes, to: path, mode: 0o600, deadline: deadline)
                }
            },
            disconnect: { host in
                await sessions.known(host)?.disconnect()
            },
            visit: { host, command, onSilence in
                switch await route(host) {
                case .failure(let fault): HostVisit(.failure(fault))
                case .success(let route):
                    await SSHVisit(host: host, route: route, logger: logger, onSilence: onSilence)
                        .run(command)
                }
            })
    }
}

extension HostCommandResult {
    init(_ exit: CommandExit, output: [UInt8], errors: [UInt8]) {
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
