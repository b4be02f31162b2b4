import ArgumentParser
import Coordinator
import Reports
import RolloutJournal
import Rollouts

extension FileOptions {
    /// Runs a command's body; prints what went wrong on standard error, and ends with the documented exit code. Commands that
    /// a message names are those that this operator can paste.
    func reportingFailure(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let failure as CommandFailure {
            throw tell(failure)
        } catch let refusal as CommandRefusal {
            throw tell(CommandFailure(refusal, invocation))
        } catch let error as JournalError {
            throw tell(CommandFailure(.failed, error.description))
        } catch is CancellationError {
            throw ExitCode(CommandFailure.Code.failed.rawValue)
        }
    }

    private func tell(_ failure: CommandFailure) -> ExitCode {
        say("turnstile: \(failure.message(for: invocation))")
        return ExitCode(failure.code.rawValue)
    }
}
