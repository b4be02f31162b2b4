import RolloutModel
import SSH
import Subprocess

/// The process behind a `KnownHostsCommand`.
enum KnownHostsProcess {
    /// No program has more to say about one host. In bytes.
    private static let outputBytesMax = 4 << 20

    @Sendable static func run(
        _ command: [String], _ deadline: Duration
    ) async -> Result<String, KnownHostsCommand.Failure> {
        let process = BoundedProcess(
            command: command, deadline: deadline, outputBytesMax: outputBytesMax)
        // A task of its own: the caller's may run on the thread that serves all connections.
        let task = Task { await process.run() }
        let ending = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        switch ending {
        case .ended(let status, let output, _) where status.isSuccess: return .success(output)
        case .ended(let status, _, let errors):
            let said = ForeignText.line(
                errors.split(whereSeparator: \.isNewline).joined(separator: "; "))
            return .failure(.init(why: "ended with \(status)" + (said.isEmpty ? "" : "; it said '\(said)'")))
        case .late: return .failure(.init(why: "did not end within \(deadline.secondsRoundedUp) s"))
        case .failed(let why): return .failure(.init(why: "gave no answer: \(why)"))
        }
    }
}
