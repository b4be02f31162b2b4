import RolloutModel

/// The store of a cluster's lock: one value that everybody reads and swaps. The live store is the cluster's etcd.
public struct LockStore: Sendable {
    /// The last value that was agreed on, never an older one.
    public var read: @Sendable () async throws(LockFault) -> Reading
    /// Writes the lock, if the store is still at that revision.
    ///
    /// - Returns: false where the store is at another revision, with nothing written.
    public var swap: @Sendable (ClusterLock, Revision) async throws(LockFault) -> Bool

    public init(
        read: @escaping @Sendable () async throws(LockFault) -> Reading,
        swap: @escaping @Sendable (ClusterLock, Revision) async throws(LockFault) -> Bool
    ) {
        self.read = read
        self.swap = swap
    }

    public struct Reading: Hashable, Sendable {
        /// The lock; empty where nobody ever took it.
        public var lock: ClusterLock
        public var revision: Revision
        /// False while a write has reached only a part of the store.
        public var isWhole: Bool

        public init(lock: ClusterLock, revision: Revision, isWhole: Bool = true) {
            self.lock = lock
            self.revision = revision
            self.isWhole = isWhole
        }
    }

    /// The store's name for the state that was read. The name means something to the store alone.
    public struct Revision: Hashable, Sendable {
        public var name: String

        public init(_ name: String) { self.name = name }
    }
}

/// The reason why the store could not be asked, or could not be understood.
public struct LockFault: Error, Hashable, Sendable, CustomStringConvertible {
    public var kind: Kind
    public var why: String

    public init(kind: Kind = .unanswered, why: String) {
        self.kind = kind
        self.why = ForeignText.line(why)
    }

    public enum Kind: Hashable, Sendable {
        /// The store was not asked, or refused to answer: nothing was written.
        case unanswered
        /// The store was asked to write; the write may have happened, or may happen yet.
        case outcomeUnknown
        /// The store's content is no lock. Such content is never overwritten.
        case unreadable
    }

    public var description: String { why }
}

extension LockStore {
    /// Writes the result of `change`, and tries again whenever somebody else wrote in between.
    ///
    /// - Parameter change: returns the lock to write; nil where nothing needs to be written.
    /// - Throws: `LockFault`, also when others wrote in between in every attempt.
    func change<Answer>(
        _ change: (ClusterLock) -> (write: ClusterLock?, answer: Answer)
    ) async throws(LockFault) -> Answer {
        for _ in 1...Self.attemptsMax {
            let reading = try await read()
            let (lock, answer) = change(reading.lock)
            guard let lock else { return answer }
            if try await write(lock, over: reading.revision) { return answer }
        }
        throw LockFault(
            why:
                "the cluster's lock was changed by others each of \(Self.attemptsMax) times it was to be written"
        )
    }

    /// The number of attempts: enough for the loser of a race to read the lock of the winner.
    private static let attemptsMax = 5

    /// After a lost answer the store is read again: a lock names its rollout, token and time, so nobody else writes the
    /// same value.
    private func write(_ lock: ClusterLock, over revision: Revision) async throws(LockFault) -> Bool {
        do throws(LockFault) {
            return try await swap(lock, revision)
        } catch {
            guard error.kind == .outcomeUnknown else { throw error }
            let now = try await read()
            return now.lock == lock && now.isWhole
        }
    }
}
