import RolloutJournal
import RolloutModel

extension UseCases {
    /// Opens the journal of a rollout to go on with it, for the duration of `body`. Meanwhile the rollout can be asked
    /// to hold.
    func withJournal<Value>(
        of rollout: RolloutID, _ body: (Journal) async throws -> Value
    ) async throws -> Value {
        let journal = try await ports.journals.resume(rollout, timestamp: ports.timeOfDay)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(journal))
        } catch {
            result = .failure(error)
        }
        // Until then no other process may open the journal.
        await ports.journals.clear(rollout)
        return try withExtendedLifetime(journal) { try result.get() }
    }
}
