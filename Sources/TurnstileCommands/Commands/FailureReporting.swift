import ArgumentParser
import Coordinator
import RolloutJournal

extension FileOptions {
    /// Runs a command's body; prints what went wrong on standard error, and ends with the documented exit code. Commands that
    /// a message names are those that this operator can paste.
    func reportingFailure(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let failure as CommandFailure {
            say("turnstile: \(failure.message(for: invocation))")
            throw ExitCode(failure.code.rawValue)
        } catch let error as JournalError {
            say("turnstile: \(invocation.completing(error.description))")
            throw ExitCode(CommandFailure.Code.failed.rawValue)
        } catch is CancellationError {
            throw ExitCode(CommandFailure.Code.failed.rawValue)
        }
    }
}
