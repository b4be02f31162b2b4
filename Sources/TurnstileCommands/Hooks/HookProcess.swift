import Driving
import Foundation
import Subprocess
import SystemPackage

/// A hook as a command on this machine, with a JSON document on its standard input.
struct HookProcess: Sendable {
    /// The program, and its arguments; no shell in between.
    var command: [String]
    var deadlineSeconds: Double

    /// - Parameter document: what it is told on its standard input.
    func ask(_ document: String) async -> HookAnswer {
        let late = HookAnswer.tooLate(after: deadlineSeconds)
        return await withTaskGroup { group in
            group.addTask { await run(document) }
            group.addTask {
                // Ended early only by the cancellation below, whose result nobody reads.
                try? await Task.sleep(for: .seconds(deadlineSeconds))
                return late
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? late
        }
    }

    private func run(_ document: String) async -> HookAnswer {
        guard let program = command.first else { return .failed(why: "it names no program", output: "") }
        do {
            let result = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(Array(command.dropFirst())), platformOptions: Self.options,
                input: .fileDescriptor(
                    try FilledPipe.readEnd(of: document), closeAfterSpawningProcess: true),
                output: .string(limit: HookAnswer.printedBytesMax),
                error: .string(limit: HookAnswer.printedBytesMax))
            let ending: HookAnswer.Ending =
                switch result.terminationStatus {
                case .exited(let code): .exited(code)
                case .signaled(let signal): .signalled(signal)
                }
            return HookAnswer(ending, output: result.standardOutput, errors: result.standardError)
        } catch {
            return .failed(why: "'\(program)' could not be run: \(error)", output: "")
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
