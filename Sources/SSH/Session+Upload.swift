import CLibSSH2
import Logging

/// An upload: content to a temporary file beside the target, by SFTP, then over the target, by `mv`.
///
/// SFTP version 3 cannot do the last step: OpenSSH's server refuses a rename over an existing file, and
/// libssh2 1.10 has no `posix-rename@openssh.com`. The two commands are constant; names go to their standard
/// input.
extension Session {
    /// Moves the first name over the second, then makes both the file and the directory (the third) durable.
    /// `sync` older than coreutils 8.24 ignores its operands and flushes everything, which is as good.
    private static let replaceCommand =
        #"exec /bin/sh -c 'IFS= read -r from && IFS= read -r to && IFS= read -r dir && mv -fT -- "$from" "$to" && sync -- "$to" "$dir"'"#
    private static let removeCommand = #"exec /bin/sh -c 'IFS= read -r name && exec rm -f -- "$name"'"#
    /// The login shell may greet before it runs a command. In bytes.
    private static let greetingMax = 5 << 20
    private static let removalTime = Duration.seconds(10)

    func upload(
        _ proof: LoginProof, _ bytes: [UInt8], to path: String, mode: UInt16, _ patience: Patience
    ) async throws(SSHError) -> UploadResult {
        guard let names = UploadNames(path: path) else { throw failure(patience.operation, .pathNotUsable) }
        let isFlushed: Bool
        do throws(SSHError) {
            isFlushed = try await write(proof, bytes, to: names.temporary, mode: mode, patience)
            try await replace(proof, names, patience)
        } catch {
            throw await removingTemporary(proof, names.temporary, after: error, patience)
        }
        if !isFlushed { logger.info("the SFTP server cannot flush; relying on sync") }
        return UploadResult(isFlushedByServer: isFlushed)
    }

    private func write(
        _ proof: LoginProof, _ bytes: [UInt8], to path: String, mode: UInt16, _ patience: Patience
    ) async throws(SSHError) -> Bool {
        let sftp = try await open(.sftp, proof, patience)
        // After a failure its state may be half way through a message: it is not used again.
        defer { retire(.sftp, sftp) }
        var file = SFTPFile(sftp: sftp, bytes: bytes, mode: mode)
        try await repeatedly(patience) { library throws(SSHError) -> Void? in
            try file.open(path, self, library, patience)
        }
        try await repeatedly(patience) { _ throws(SSHError) -> Void? in try file.write(self, patience) }
        try await repeatedly(patience) { _ throws(SSHError) -> Void? in try file.setMode(self, patience) }
        try await repeatedly(patience) { _ throws(SSHError) -> Void? in try file.flush(self, patience) }
        try await repeatedly(patience) { _ throws(SSHError) -> Void? in try file.close(self, patience) }
        return file.isFlushed
    }

    private func replace(_ proof: LoginProof, _ names: UploadNames, _ patience: Patience)
        async throws(SSHError)
    {
        let input = Array("\(names.temporary)\n\(names.target)\n\(names.directory)\n".utf8)
        let result = try await run(
            proof, Self.replaceCommand, input: input, outputLimit: Self.greetingMax, patience)
        guard result.exit.isSuccess else {
            throw failure(patience.operation, .uploadFailed(step: "mv and sync", why: result.complaint))
        }
    }

    /// - Returns: the error, saying so if the temporary file is still there.
    private func removingTemporary(
        _ proof: LoginProof, _ path: String, after error: SSHError, _ patience: Patience
    ) async -> SSHError {
        let cleaning = Patience(patience.operation, for: Self.removalTime, heedsCancellation: false)
        let removal = try? await run(
            proof, Self.removeCommand, input: Array("\(path)\n".utf8), outputLimit: Self.greetingMax, cleaning
        )
        guard removal?.exit.isSuccess != true else { return error }
        var error = error
        error.leftover = path
        return error
    }
}

/// The names of one upload.
struct UploadNames {
    let target: String
    let temporary: String
    let directory: String

    /// - Returns: nil for a path that cannot be passed on.
    init?(path: String) {
        guard !path.isEmpty, !path.hasSuffix("/"), !path.utf8.contains(where: { $0 == 0 || $0 == 10 }) else {
            return nil
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let parent = parts.dropLast().joined(separator: "/")
        target = path
        directory = parts.count == 1 ? "." : parent.isEmpty ? "/" : parent
        let mark = String(UInt64.random(in: .min ... .max), radix: 16)
        let name = ".\(parts.last ?? "").\(mark).new"
        temporary = parts.count == 1 ? name : parent + "/" + name
    }
}

extension CommandResult {
    /// The last thing it complained of, or its exit.
    var complaint: String {
        let said = String(decoding: stderr.prefix(500), as: UTF8.self).split(whereSeparator: \.isNewline).last
        return said.map(String.init) ?? "\(exit)"
    }
}
