import RolloutJournal
import RolloutModel

extension UseCases {
    /// Opens the journal of a rollout to go on with it, for the duration of `body`. Meanwhile the rollout can be asked
    /// to hold.
    ///
    /// - Throws: `CommandRefusal.notGoneOn` where the body throws `CommandRefusal.held`: an earlier process may have
    ///   touched hosts of this rollout.
    func withJournal<Value>(
        of rollout: RolloutID, _ body: (Journal) async throws -> Value
    ) async throws -> Value {
        let journal = try await ports.journals.resume(rollout, timestamp: ports.timeOfDay)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(journal))
        } catch CommandRefusal.held(let reasons) {
            result = .failure(CommandRefusal.notGoneOn(journal.record, reasons))
        } catch {
            result = .failure(error)
        }
        // Until then no other process may open the journal.
        await ports.journals.clear(rollout)
        return try withExtendedLifetime(journal) { try result.get() }
    }

    /// Undoes something without a journal, or goes on without one that is lost.
    ///
    /// - Throws: `CommandRefusal.notGoneOn` where the body throws `CommandRefusal.held`: an earlier rollout may have
    ///   touched the hosts.
    func withoutJournal<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch CommandRefusal.held(let reasons) {
            throw CommandRefusal.notGoneOn(nil, reasons)
        }
    }
}
