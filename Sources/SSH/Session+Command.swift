import CLibSSH2

extension Session {
    func run(
        _ proof: LoginProof, _ command: String, input: [UInt8], outputLimit: Int, _ patience: Patience
    ) async throws(SSHError) -> CommandResult {
        var channel = try await start(proof, command, input: input, patience)
        defer { retire(.channel, channel.channel) }
        var result = CommandResult(stdout: [], stderr: [], exit: .status(0))
        while true {
            switch try await next(&channel, patience) {
            case .output(.stdout(let bytes)): result.stdout += bytes
            case .output(.stderr(let bytes)): result.stderr += bytes
            case .ended(let exit):
                result.exit = exit
                return result
            }
            guard result.stdout.count + result.stderr.count <= outputLimit else {
                throw failure(patience.operation, .outputLimitPassed(outputLimit))
            }
        }
    }

    /// While `onOutput` runs nothing is read for this command, so a slow reader slows the command down.
    func stream(
        _ proof: LoginProof, _ command: String, input: [UInt8], _ patience: Patience,
        onOutput: @Sendable (OutputChunk) async throws -> Void
    ) async throws -> CommandExit {
        var channel = try await start(proof, command, input: input, patience)
        defer { retire(.channel, channel.channel) }
        while true {
            switch try await next(&channel, patience) {
            case .output(let chunk): try await onOutput(chunk)
            case .ended(let exit): return exit
            }
        }
    }

    private func start(
        _ proof: LoginProof, _ command: String, input: [UInt8], _ patience: Patience
    ) async throws(SSHError) -> CommandChannel {
        let channel = try await open(.channel, proof, patience)
        do throws(SSHError) {
            try await repeatedly(patience) { _ throws(SSHError) -> Void? in
                let code = libssh2_channel_process_startup(
                    channel, "exec", 4, command, UInt32(command.utf8.count))
                if code == LIBSSH2_ERROR_EAGAIN { return nil }
                guard code == 0 else { throw failure(patience.operation, code: code, or: .channelRefused) }
                return ()
            }
        } catch {
            retire(.channel, channel)
            throw error
        }
        return CommandChannel(channel: channel, input: input)
    }

    private func next(
        _ channel: inout CommandChannel, _ patience: Patience
    ) async throws(SSHError) -> CommandChannel.Event {
        var moving = channel
        defer { channel = moving }
        return try await repeatedly(patience) { _ throws(SSHError) -> CommandChannel.Event? in
            do throws(LibraryCode) {
                return try moving.step(mayWrite: { !(transport?.isFull ?? true) })
            } catch {
                throw failure(patience.operation, code: error.code)
            }
        }
    }
}
