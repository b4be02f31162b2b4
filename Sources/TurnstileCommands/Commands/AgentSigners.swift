import Foundation
import Reports
import Subprocess
import SystemPackage

/// The people who may sign agents, as a file of `allowed_signers` (ssh-keygen(1)). The signature is in the file
/// AGENT.sig beside the agent, and is made with `ssh-keygen -Y sign -n turnstile-agent`.
struct AgentSigners {
    static let namespace = "turnstile-agent"

    /// The file of `allowed_signers`.
    var file: String

    /// - Parameters:
    ///   - agent: the bytes that are uploaded; the file may change in between.
    ///   - path: the path of the agent's file.
    /// - Throws: `CommandFailure` if none of the signers signed the agent.
    func verify(_ agent: [UInt8], at path: String) async throws(CommandFailure) {
        let signature = path + ".sig"
        for needed in [file, signature] where !FileManager.default.isReadableFile(atPath: needed) {
            throw refusal(
                path,
                needed == file
                    ? "the signers' file '\(file)' cannot be read" : "there is no signature '\(signature)'")
        }
        let found = try await sshKeygen(["-Y", "find-principals", "-s", signature, "-f", file], agent, path)
        let signers = found.output.split(separator: "\n").filter { !$0.isEmpty }
        guard found.isSuccess, !signers.isEmpty else {
            throw refusal(path, "none of them made '\(signature)'")
        }
        var why = ""
        for signer in signers {
            let verified = try await sshKeygen(
                ["-Y", "verify", "-n", Self.namespace, "-I", String(signer), "-s", signature, "-f", file],
                agent, path)
            if verified.isSuccess { return }
            why = verified.complaint
        }
        throw refusal(
            path, "'\(signature)' is none of it, or was not made with '-n \(Self.namespace)': \(why)")
    }

    private func refusal(_ path: String, _ why: String) -> CommandFailure {
        CommandFailure(
            .usage,
            "'\(path)' is not installed: agent.signers demands an agent that one of '\(file)' signed, and \(why). "
                + "Sign it: ssh-keygen -Y sign -f KEY -n \(Self.namespace) \(path)")
    }

    private struct Answer {
        var isSuccess: Bool
        var output: String
        var complaint: String
    }

    private func sshKeygen(_ arguments: [String], _ input: [UInt8], _ path: String)
        async throws(CommandFailure) -> Answer
    {
        do {
            let result = try await Subprocess.run(
                .name("ssh-keygen"), arguments: Arguments(arguments),
                input: .fileDescriptor(try Self.file(of: input), closeAfterSpawningProcess: true),
                output: .string(limit: 64 << 10), error: .string(limit: 64 << 10))
            return Answer(
                isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput,
                complaint: result.standardError.split(whereSeparator: \.isNewline).last.map(String.init)
                    ?? "\(result.terminationStatus)")
        } catch {
            throw refusal(path, "ssh-keygen did not start: \(error)")
        }
    }

    /// A file without a name that holds these bytes, to be read from its beginning.
    private static func file(of bytes: [UInt8]) throws -> FileDescriptor {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("turnstile-\(UUID())").path
        let descriptor = try FileDescriptor.open(
            FilePath(path), .readWrite, options: [.create, .exclusiveCreate, .closeOnExec],
            permissions: [.ownerReadWrite])
        try? FileManager.default.removeItem(atPath: path)
        do {
            try descriptor.writeAll(bytes)
            try descriptor.seek(offset: 0, from: .start)
            return descriptor
        } catch {
            try? descriptor.close()
            throw error
        }
    }
}
