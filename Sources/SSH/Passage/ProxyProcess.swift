import Glibc
import Subprocess
import SystemPackage

/// The running process of a `ProxyCommand`. The process has a process group of its own, so that a ^C on the terminal does
/// not cut the connection, and ends with the session that it serves.
final class ProxyProcess: Sendable {
    /// How long the process may take to end by itself after SIGHUP, which ssh sends, too.
    private static let graceToEnd = Duration.seconds(2)
    /// Of what the process writes on standard error, in bytes: the end is kept.
    private static let wordsMax = 400

    private let task: Task<Void, Never>

    /// - Parameters:
    ///   - socket: becomes the process's standard input and output, and is closed here.
    ///   - fate: is told how the process ended.
    init(_ command: ProxyCommand, on socket: Int32, _ fate: StreamFate) {
        task = Task { await Self.run(command, on: FileDescriptor(rawValue: socket), fate) }
    }

    deinit { task.cancel() }

    private static func run(_ command: ProxyCommand, on socket: FileDescriptor, _ fate: StreamFate) async {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .terminalClosed, toProcessGroup: true, allowedDurationToNextStep: graceToEnd)
        ]
        // Closed last: the session that finds the stream ended asks its fate why.
        defer { try? socket.close() }
        do {
            let words = LastWords(bytesMax: wordsMax)
            let result = try await Subprocess.run(
                .path(FilePath(command.shell)), arguments: ["-c", "exec \(command.text)"],
                platformOptions: options,
                input: .fileDescriptor(socket, closeAfterSpawningProcess: false),
                output: .fileDescriptor(socket, closeAfterSpawningProcess: false), error: .sequence
            ) { process in
                for try await chunk in process.standardError { chunk.withUnsafeBytes { words.take($0) } }
            }
            fate.tell("the ProxyCommand ended (\(result.terminationStatus))\(words.suffix)")
        } catch {
            fate.tell("the ProxyCommand did not run: \(error)")
        }
    }
}
