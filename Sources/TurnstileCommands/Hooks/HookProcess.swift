import Driving
import Foundation
import RolloutModel
import Subprocess
import SystemPackage

/// A hook as a command on this machine: a JSON document on its standard input; 0 lets through, 75 (`EX_TEMPFAIL`) holds,
/// anything else fails.
struct HookProcess: Sendable {
    /// The program, and its arguments; no shell in between.
    var command: [String]
    var deadlineSeconds: Double

    private static let holds: Int32 = 75
    private static let outputBytesMax = 1 << 20

    func ask(_ call: HookCall) async -> HookAnswer {
        let late = HookAnswer.failed(
            why: "it did not end within \(Int(deadlineSeconds)) s", output: "")
        return await withTaskGroup { group in
            group.addTask { await run(call) }
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

    private func run(_ call: HookCall) async -> HookAnswer {
        guard let program = command.first else { return .failed(why: "it names no program", output: "") }
        do {
            let result = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(Array(command.dropFirst())), platformOptions: Self.options,
                input: .fileDescriptor(
                    try FilledPipe.readEnd(of: try JSONText.document(call)), closeAfterSpawningProcess: true),
                output: .string(limit: Self.outputBytesMax), error: .string(limit: Self.outputBytesMax))
            let said =
                Self.lastLine(of: result.standardOutput) ?? Self.lastLine(of: result.standardError) ?? ""
            return switch result.terminationStatus {
            case .exited(0): .proceed(output: said)
            case .exited(Self.holds): .hold(output: said)
            case .exited(let code): .failed(why: "it ended with \(code)", output: said)
            case .signaled(let signal): .failed(why: "signal \(signal) ended it", output: said)
            }
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

    private static func lastLine(of text: String) -> String? {
        text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
            .map { String($0.prefix(300)) }
    }
}
