import RolloutModel

/// The store of locksmith's semaphores. The live store is etcd's v2 store, where hosts that reboot themselves look.
public struct SemaphoreStore: Sendable {
    /// Reads the latest state of all semaphores; empty where nothing uses them.
    public var read: @Sendable () async throws(LockFault) -> [Kept]
    /// Writes a semaphore, if the store still has it at that revision.
    ///
    /// - Returns: false where the store has another revision, with nothing written.
    public var swap: @Sendable (RebootSemaphore, LockStore.Revision) async throws(LockFault) -> Bool

    public init(
        read: @escaping @Sendable () async throws(LockFault) -> [Kept],
        swap: @escaping @Sendable (RebootSemaphore, LockStore.Revision) async throws(LockFault) -> Bool
    ) {
        self.read = read
        self.swap = swap
    }

    public struct Kept: Hashable, Sendable {
        public var semaphore: RebootSemaphore
        public var revision: LockStore.Revision

        public init(_ semaphore: RebootSemaphore, revision: LockStore.Revision) {
            self.semaphore = semaphore
            self.revision = revision
        }
    }

    /// Writes the result of `change` for every semaphore, and tries again whenever somebody else wrote in between.
    /// After a lost answer, the next reading shows whether the write happened.
    ///
    /// - Parameter change: returns the semaphore to write; nil for a semaphore that is as it should be, as the result
    ///   of `change` is.
    /// - Throws: `LockFault`, also when others wrote in between in every attempt.
    func change(_ change: (RebootSemaphore) -> RebootSemaphore?) async throws(LockFault) {
        for _ in 1...Self.attemptsMax {
            var isDone = true
            for kept in try await read() {
                guard let next = change(kept.semaphore) else { continue }
                isDone = try await write(next, over: kept.revision) && isDone
            }
            if isDone { return }
        }
        throw LockFault(
            why:
                "locksmith's semaphore was changed by others each of \(Self.attemptsMax) times it was to be written"
        )
    }

    private static let attemptsMax = 5

    private func write(
        _ semaphore: RebootSemaphore, over revision: LockStore.Revision
    ) async throws(LockFault) -> Bool {
        do throws(LockFault) {
            return try await swap(semaphore, revision)
        } catch {
            guard error.kind == .outcomeUnknown else { throw error }
            return false
        }
    }
}
