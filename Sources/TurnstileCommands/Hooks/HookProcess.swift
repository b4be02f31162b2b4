import Driving
import Foundation
import RolloutModel
import Subprocess

/// A hook as a command on this machine: a JSON document on its standard input; 0 lets through, 75 (`EX_TEMPFAIL`) holds,
/// anything else fails.
struct HookProcess: Sendable {
    /// The program, and its arguments; no shell in between.
    var command: [String]
    var deadlineSeconds: Double

    private static let holds: Int32 = 75

    func ask(_ call: HookCall) async -> HookAnswer {
        let document: String
        do {
            document = try JSONText.document(call)
        } catch {
            return .failed(why: "it could not be told: \(error)", output: "")
        }
        let process = BoundedProcess(command: command, input: document, deadlineSeconds: deadlineSeconds)
        switch await process.run() {
        case .late: return .failed(why: "it did not end within \(Int(deadlineSeconds)) s", output: "")
        case .failed(let why): return .failed(why: why, output: "")
        case .ended(let status, let output, let errors):
            let said = Self.lastLine(of: output) ?? Self.lastLine(of: errors) ?? ""
            return switch status {
            case .exited(0): .proceed(output: said)
            case .exited(Self.holds): .hold(output: said)
            case .exited(let code): .failed(why: "it ended with \(code)", output: said)
            case .signaled(let signal): .failed(why: "signal \(signal) ended it", output: said)
            }
        }
    }

    private static func lastLine(of text: String) -> String? {
        text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
            .map { String($0.prefix(300)) }
    }
}
