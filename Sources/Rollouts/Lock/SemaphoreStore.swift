import RolloutModel

/// Where locksmith's semaphores are kept. Live in etcd's v2 store, where hosts that reboot themselves look.
public struct SemaphoreStore: Sendable {
    /// All there are, never older ones; none where nothing uses them.
    public var read: @Sendable () async throws(LockFault) -> [Kept]
    /// Writes, if the store still has that semaphore at that revision.
    ///
    /// - Returns: false where it has not, with nothing written.
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

    /// Writes what `change` makes of each, for as long as others are quicker. What a lost answer came to, the next look tells.
    ///
    /// - Parameter change: nil for one that is as it should be; the same again for what it made itself.
    /// - Throws: `LockFault` also when others were quicker time and again.
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
