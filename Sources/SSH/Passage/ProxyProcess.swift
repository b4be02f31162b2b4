import Glibc
import Subprocess
import Synchronization
import SystemPackage

/// The running process of a `ProxyCommand`, which ends with the session that it serves.
///
/// The process may ask at the terminal, as ssh does for a passphrase, and so is in this program's own process group: one of
/// its own would be stopped there. A ^C, or the end of the terminal, is not to cut the connection; so it ignores these
/// signals, as long as it asks nothing.
final class ProxyProcess: Sendable {
    /// Has the person's shell, `$0`, run the command.
    private static let start = "trap '' HUP INT QUIT; exec \"$0\" -c \"exec $1\""
    /// How long the process may take to end by itself after SIGTERM.
    private static let graceToEnd = Duration.seconds(2)
    /// Of what the process writes on standard error, in bytes: the end is kept.
    private static let wordsMax = 400

    private let task: Task<Void, Never>
    private let started: Started

    private final class Started: Sendable {
        let process = Mutex<pid_t?>(nil)
    }

    /// Nil before it was started, and after its end.
    var process: pid_t? { started.process.withLock { $0 } }

    /// - Parameters:
    ///   - socket: becomes the process's standard input and output, and is closed here.
    ///   - fate: is told how the process ended.
    init(_ command: ProxyCommand, on socket: Int32, _ fate: StreamFate) {
        let started = Started()
        self.started = started
        task = Task { await Self.run(command, on: FileDescriptor(rawValue: socket), fate, started) }
    }

    deinit { task.cancel() }

    /// How a connection's end begins that came with the process's own.
    static let ending = "the ProxyCommand ended"

    private static func run(
        _ command: ProxyCommand, on socket: FileDescriptor, _ fate: StreamFate, _ started: Started
    ) async {
        var options = PlatformOptions()
        options.teardownSequence = [
            .send(signal: .terminate, allowedDurationToNextStep: graceToEnd)
        ]
        // Closed last: the session that finds the stream ended asks its fate why.
        defer { try? socket.close() }
        do {
            let words = LastWords(bytesMax: wordsMax)
            let result = try await Subprocess.run(
                .path("/bin/sh"), arguments: ["-c", start, command.shell, command.text],
                platformOptions: options,
                input: .fileDescriptor(socket, closeAfterSpawningProcess: false),
                output: .fileDescriptor(socket, closeAfterSpawningProcess: false), error: .sequence
            ) { process in
                started.process.withLock { $0 = process.processIdentifier.value }
                defer { started.process.withLock { $0 = nil } }
                for try await chunk in process.standardError { chunk.withUnsafeBytes { words.take($0) } }
            }
            fate.tell("\(ending) (\(result.terminationStatus))\(words.suffix)")
        } catch {
            fate.tell("the ProxyCommand did not run: \(error)")
        }
    }
}
