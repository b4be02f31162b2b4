import Logging
import RolloutModel
import Rollouts
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
                let result = try await sessions[host].attempt { connection throws(SSHError) in
                    try await connection.run(
                        CommandMark.marked(command.text), input: command.input,
                        outputLimit: command.outputBytesMax + CommandMark.bytesMax, deadline: command.deadline
                    )
                }
                var mark = CommandMark()
                let output = mark.strip(result.stdout)
                return try HostCommandResult(result.exit, output: output, errors: result.stderr)
                    .behind(mark, on: host)
            },
            converse: { host, command, onLine throws(HostFault) in
                let lines = LineSplitter(bytesMax: command.outputBytesMax)
                let exit = try await sessions[host].attempt { connection throws(SSHError) in
                    try await connection.follow(command) { chunk in
                        for line in lines.take(chunk) { await onLine(line) }
                    }
                }
                return try HostCommandResult(exit, output: [], errors: lines.errors).behind(
                    lines.mark, on: host)
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
                let deadline = ContinuousClock.now + command.deadline
                switch await BoundedAnswer.wait(until: deadline, for: { await route(host) }) {
                case .failure(let fault)?: return HostVisit(.failure(fault))
                case .success(let route)?:
                    return await SSHVisit(host: host, route: route, logger: logger, onSilence: onSilence)
                        .run(command, until: deadline)
                case nil: return HostVisit(.failure(.withoutRoute(to: host, after: command.deadline)))
                }
            })
    }
}

extension HostFault {
    fileprivate static func withoutRoute(to host: HostID, after time: Duration) -> HostFault {
        HostFault(
            host: host, kind: .unreachable,
            why:
                "cannot learn how '\(host)' is reached: ssh -G gave no answer within \(time.secondsRoundedUp) s. A 'Match "
                + "exec' of the ssh configuration may hang: try 'ssh -G \(host.word)'", detail: .sshSettings)
    }
}

extension HostCommandResult {
    /// - Throws: where the mark never came: what ran was not the command.
    fileprivate func behind(_ mark: CommandMark, on host: HostID) throws(HostFault) -> HostCommandResult {
        guard let said = mark.saidInstead else { return self }
        guard !mark.isHopeless else {
            throw HostFault(
                host: host, kind: .shellUnusable,
                why:
                    "its login shell printed more than \(CommandMark.greetingMax) bytes before it ran the command; look "
                    + "at what '.bashrc' and the like there print")
        }
        let words = said.prefix(80).map { 32...126 ~= $0 ? $0 : UInt8(ascii: "?") }
        let text = words.isEmpty ? "" : ", and said '\(String(decoding: words, as: UTF8.self))'"
        throw HostFault(
            host: host, kind: .shellUnusable,
            why: "its login shell does not run what it is told: \(ending)\(text)")
    }

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
                CommandMark.marked(command.text), input: command.input, deadline: command.deadline,
                onOutput: onOutput)
        } catch let error as SSHError {
            throw error
        } catch {
            throw SSHError(.runCommand, target: target, .cancelled)
        }
    }
}
