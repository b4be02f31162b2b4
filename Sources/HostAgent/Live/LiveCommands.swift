import Subprocess

/// Runs the commands of the host for real.
enum LiveCommands {
    /// More is no answer of any tool the agent asks.
    private static let outputBytesMax = 1 << 20

    static func run(_ command: HostCommand) async throws(HostFault) -> CommandOutcome {
        let result: Result<CommandOutcome, HostFault> = await withTaskGroup { group in
            group.addTask { await collect(command) }
            group.addTask {
                try? await Task.sleep(for: command.allowed)
                return .failure(.commandTooSlow(command))
            }
            let first = await group.next()
            // Cancelling a run kills its process; the group waits until that is done.
            group.cancelAll()
            return first ?? .failure(.commandTooSlow(command))
        }
        return try result.get()
    }

    private static func collect(_ command: HostCommand) async -> Result<CommandOutcome, HostFault> {
        do {
            let result = try await Subprocess.run(
                command.configuration, output: .bytes(limit: outputBytesMax),
                error: .bytes(limit: outputBytesMax))
            return .success(
                CommandOutcome(
                    ending: .init(result.terminationStatus),
                    output: String(decoding: result.standardOutput, as: UTF8.self),
                    errors: String(decoding: result.standardError, as: UTF8.self)))
        } catch {
            return .failure(.commandUnavailable(command, reason: String(describing: error)))
        }
    }

    static func attend(_ command: HostCommand, body: (RunningCommand) async throws -> Void) async throws {
        let inbox = LineInbox()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await deliver(command, to: inbox) }
            defer { group.cancelAll() }
            try await body(
                RunningCommand { (upTo) async throws(HostFault) in try await inbox.next(upTo: upTo).get() })
        }
    }

    private static func deliver(_ command: HostCommand, to inbox: LineInbox) async {
        do {
            let result = try await Subprocess.run(
                command.configuration, input: .none, output: .sequence, error: .combinedWithOutput
            ) { execution in
                // Split at newlines alone: journald's JSON may contain the other line breaks of Unicode.
                let lines = execution.standardOutput.strings(
                    separatedBy: .unicodeScalarSequence(["\n"]),
                    bufferingPolicy: .maxLineLength(LineInbox.lineBytesMax))
                for try await line in lines where !line.isEmpty { inbox.append(line) }
            }
            inbox.finish(.success(.init(result.terminationStatus)))
        } catch {
            inbox.finish(.failure(.commandUnavailable(command, reason: String(describing: error))))
        }
    }
}
