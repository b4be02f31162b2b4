import ArgumentParser
import Coordinator
import RolloutJournal

/// Runs a command's body; prints what went wrong on standard error, and ends with the documented exit code.
func reportingFailure(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let failure as CommandFailure {
        say("turnstile: \(failure.message)")
        throw ExitCode(failure.code.rawValue)
    } catch let error as JournalError {
        say("turnstile: \(error)")
        throw ExitCode(CommandFailure.Code.failed.rawValue)
    } catch is CancellationError {
        throw ExitCode(CommandFailure.Code.failed.rawValue)
    }
}
