import RolloutModel
import Subprocess

/// Programs of this machine that a migration asks.
enum LocalProgram {
    /// The output of a program that ended with 0; unknown where it did not.
    ///
    /// - Parameter command: the program and its arguments; no shell in between.
    static func output(
        _ command: [String], input: String, deadline: Duration
    ) async -> Observation<String> {
        let process = BoundedProcess(
            command: command, input: input, deadline: deadline)
        switch await process.run() {
        case .late: return .unknown("it did not end in time")
        case .failed(let why): return .unknown(ForeignText.line(why))
        case .ended(.exited(0), let output, _): return .seen(output)
        case .ended(let status, _, let errors):
            let said = errors.split(separator: "\n").first.map { ": \($0)" } ?? ""
            return .unknown(ForeignText.line("\(status)\(said)", charactersMax: 200))
        }
    }
}
