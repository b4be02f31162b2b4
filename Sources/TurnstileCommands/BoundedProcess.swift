import Foundation
import ProcessInput
import Subprocess
import SystemPackage

/// Runs a command on this machine without a shell, and ends the whole process group when the time is up.
struct BoundedProcess: Sendable {
    /// The program, and its arguments. A name without a slash is looked up in PATH.
    var command: [String]
    /// The text on the command's standard input; no more than a pipe holds.
    var input = ""
    var deadline: Duration
    var outputBytesMax = 1 << 20

    enum Ending: Sendable {
        case ended(TerminationStatus, output: String, errors: String)
        /// The command did not end in time.
        case late
        /// The command could not be run, or printed more than is accepted.
        case failed(why: String)
    }

    func run() async -> Ending {
        await withTaskGroup { group in
            group.addTask { await runToItsEnd() }
            group.addTask {
                // Only the cancellation below ends the sleep early, and its result is not read.
                try? await Task.sleep(for: deadline)
                return .late
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? .late
        }
    }

    private func runToItsEnd() async -> Ending {
        guard let program = command.first else { return .failed(why: "it names no program") }
        do {
            let result = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(Array(command.dropFirst())), platformOptions: Self.options,
                input: .fileDescriptor(
                    try FilledPipe.readEnd(of: input), closeAfterSpawningProcess: true),
                output: .string(limit: outputBytesMax), error: .string(limit: outputBytesMax))
            return .ended(
                result.terminationStatus, output: result.standardOutput, errors: result.standardError)
        } catch {
            return .failed(why: "'\(program)' could not be run: \(error)")
        }
    }

    /// Runs the command in a process group of its own, so that processes it started end with it.
    private static var options: PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(2)),
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1)),
        ]
        return options
    }
}
