import RolloutModel

/// Where a cluster's lock is kept: one value, read and swapped by all. Live in the cluster's etcd.
public struct LockStore: Sendable {
    /// The last value that was agreed on, never an older one.
    public var read: @Sendable () async throws(LockFault) -> Reading
    /// Writes, if the store is still at that revision.
    ///
    /// - Returns: false where it is not, with nothing written.
    public var swap: @Sendable (ClusterLock, Revision) async throws(LockFault) -> Bool

    public init(
        read: @escaping @Sendable () async throws(LockFault) -> Reading,
        swap: @escaping @Sendable (ClusterLock, Revision) async throws(LockFault) -> Bool
    ) {
        self.read = read
        self.swap = swap
    }

    public struct Reading: Hashable, Sendable {
        /// An empty one where nobody ever took it.
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

    /// What the store calls the state that was read; it means something to the store alone.
    public struct Revision: Hashable, Sendable {
        public var name: String

        public init(_ name: String) { self.name = name }
    }
}

/// Why the store could not be asked, or could not be understood.
public struct LockFault: Error, Hashable, Sendable, CustomStringConvertible {
    public var kind: Kind
    public var why: String

    public init(kind: Kind = .unanswered, why: String) {
        self.kind = kind
        self.why = ForeignText.line(why)
    }

    public enum Kind: Hashable, Sendable {
        /// It was not asked, or refused to answer: nothing was written.
        case unanswered
        /// It was asked to write, and may have done so, or may do so yet.
        case outcomeUnknown
        /// What is in it is no lock. It is never written over.
        case unreadable
    }

    public var description: String { why }
}

extension LockStore {
    /// Writes what `change` makes of the value, for as long as others are quicker.
    ///
    /// - Parameter change: nil where nothing needs to be written.
    /// - Throws: `LockFault` also when others were quicker time and again.
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

    /// Enough for whoever comes second to see that they do.
    private static let attemptsMax = 5

    /// After an answer that was lost, the store itself says whether the value was written: it names rollout, token and
    /// time, so that nobody else writes the same.
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
