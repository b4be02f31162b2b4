import Coordinator
import RolloutModel
import Rollouts
import Synchronization

/// A shell that gives prepared answers to commands, and records the commands.
final class ScriptedShell: Sendable {
    let answers: @Sendable (HostCommand) -> HostCommandResult?
    private let asked = Mutex<[HostCommand]>([])
    private let uploaded = Mutex<[String: [UInt8]]>([:])

    init(_ answers: @escaping @Sendable (HostCommand) -> HostCommandResult?) { self.answers = answers }

    /// Gives the same answer to every command.
    convenience init(_ output: String, errors: String = "", exitStatus: Int32 = 0) {
        let result = HostCommandResult(
            output: Array(output.utf8), errors: Array(errors.utf8), exitStatus: exitStatus)
        self.init { _ in result }
    }

    var commands: [HostCommand] { asked.withLock { $0 } }
    /// The uploads, by path.
    var uploads: [String: [UInt8]] { uploaded.withLock { $0 } }

    var shell: HostShell {
        HostShell(
            run: { [self] host, command throws(HostFault) in try answer(host, command) },
            converse: { [self] host, command, onLine throws(HostFault) in
                let result = try answer(host, command)
                for line in result.output.split(separator: UInt8(ascii: "\n")) { await onLine(Array(line)) }
                return result
            },
            upload: { [self] _, bytes, path, _ in uploaded.withLock { $0[path] = bytes } },
            disconnect: { _ in })
    }

    private func answer(_ host: HostID, _ command: HostCommand) throws(HostFault) -> HostCommandResult {
        asked.withLock { $0.append(command) }
        guard let result = answers(command) else {
            throw HostFault(host: host, kind: .unreachable, why: "no route to host")
        }
        return result
    }
}
