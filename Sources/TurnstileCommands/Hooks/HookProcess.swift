import Foundation
import Rollouts
import Subprocess

/// A hook as a command on this machine, with a JSON document on its standard input.
struct HookProcess: Sendable {
    /// The program, and its arguments; no shell in between.
    var command: [String]
    var deadline: Duration

    /// - Parameter document: what it is told on its standard input.
    func ask(_ document: String) async -> HookAnswer {
        let process = BoundedProcess(command: command, input: document, deadline: deadline)
        switch await process.run() {
        case .late: return .tooLate(after: deadline)
        case .failed(let why): return .failed(why: why, output: "")
        case .ended(.exited(let code), let output, let errors):
            return HookAnswer(.exited(code), output: output, errors: errors)
        case .ended(.signaled(let signal), let output, let errors):
            return HookAnswer(.signalled(signal), output: output, errors: errors)
        }
    }
}
