import Foundation
import ProcessInput
import Subprocess
import SystemPackage

/// A command on this machine, with no shell in between, which is ended with all that it started when its time is up.
struct BoundedProcess: Sendable {
    /// The program, and its arguments. A name without a slash is looked up in PATH.
    var command: [String]
    /// On its standard input; no more than a pipe holds.
    var input = ""
    var deadlineSeconds: Double
    var outputBytesMax = 1 << 20

    enum Ending: Sendable {
        case ended(TerminationStatus, output: String, errors: String)
        /// It did not end in time.
        case late
        /// It could not be run, or said more than is taken.
        case failed(why: String)
    }

    func run() async -> Ending {
        await withTaskGroup { group in
            group.addTask { await runToItsEnd() }
            group.addTask {
                // Ended early only by the cancellation below, whose result nobody reads.
                try? await Task.sleep(for: .seconds(deadlineSeconds))
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

    /// Its own group, so that what it started ends with it.
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
