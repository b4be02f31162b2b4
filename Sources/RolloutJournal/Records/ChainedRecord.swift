import Foundation
import RolloutModel

public typealias MigrationRecord = ChainedRecord<MigrationState>
public typealias RunbookRecord = ChainedRecord<RunbookState>

/// A record that is no rollout's journal, open for writing: append-only, one entry a line, each durable before
/// `append` returns. Lines are chained as a journal's are, and one process has the file at a time.
public actor ChainedRecord<State: RecordedState> {
    private let storage: JournalStorage
    private let timestamp: @Sendable () -> String
    private var digest: JournalLine.Digest
    private var count: Int
    /// The state that the entries tell.
    public private(set) var state: State
    /// The error of an entry that could not be written. No entry may follow.
    private var failure: JournalError?
    private var waiters: [CheckedContinuation<Void, Never>] = []
    private var isWriting = false

    /// The place of the record, as messages name it.
    public nonisolated var name: String { storage.name }

    /// Begins a record.
    ///
    /// - Parameter timestamp: gives the time of day, ISO 8601, for people.
    /// - Throws: `JournalError.notWritten`.
    public init(
        opening first: State.Event, on storage: JournalStorage,
        timestamp: @escaping @Sendable () -> String = Journal.now
    ) async throws(JournalError) {
        guard let state = State(first: first) else {
            throw .damaged(path: storage.name, entry: 1, why: "it opens no \(State.kind)")
        }
        self.storage = storage
        self.timestamp = timestamp
        self.state = state
        digest = JournalLine.origin
        count = 0
        try await write(first)
    }

    /// Opens a record to go on with it. A torn last line is cut off.
    ///
    /// - Throws: `JournalError` as of a rollout's journal.
    public init(
        resuming storage: JournalStorage, timestamp: @escaping @Sendable () -> String = Journal.now
    ) async throws(JournalError) {
        let found = try RecordReading<State>(try await storage.read(), path: storage.name)
        if found.tornBytes > 0 { try await storage.truncate(found.wholeBytes) }
        self.storage = storage
        self.timestamp = timestamp
        state = found.state
        digest = found.digest
        count = found.count
    }

    /// Appends an entry, and returns once it is durable. Callers that append at once wait for one another.
    ///
    /// - Throws: `JournalError.damaged` for an entry that cannot follow, with nothing written; `.notWritten`.
    public func append(_ event: State.Event) async throws(JournalError) {
        while isWriting { await withCheckedContinuation { waiters.append($0) } }
        if let failure { throw failure }
        isWriting = true
        defer {
            isWriting = false
            for waiter in waiters { waiter.resume() }
            waiters = []
        }
        var next = state
        guard next.apply(event) else {
            throw .damaged(path: name, entry: count + 1, why: "it cannot follow")
        }
        try await write(event)
        state = next
    }

    private func write(_ event: State.Event) async throws(JournalError) {
        do {
            let entry = RecordEntry(number: count + 1, at: timestamp(), what: event)
            let line = try JournalLine(entry, after: digest)
            try await storage.append(line.bytes, digest)
            digest = line.digest
            count += 1
        } catch {
            let found =
                error as? JournalError ?? .notWritten(path: name, why: "entry \(count + 1): \(error)")
            failure = found
            throw found
        }
    }
}

extension ChainedRecord where State == MigrationState {
    /// Begins the record of a migration.
    ///
    /// - Parameter timestamp: gives the time of day, ISO 8601, for people.
    /// - Throws: `JournalError.notWritten`.
    public init(
        beginning plan: MigrationPlan, on storage: JournalStorage,
        timestamp: @escaping @Sendable () -> String = Journal.now
    ) async throws(JournalError) {
        try await self.init(
            opening: .opened(format: MigrationEvent.format, plan: plan), on: storage, timestamp: timestamp)
    }
}

extension ChainedRecord where State == RunbookState {
    /// Begins the record of a runbook.
    ///
    /// - Parameter timestamp: gives the time of day, ISO 8601, for people.
    /// - Throws: `JournalError.notWritten`.
    public init(
        beginning name: RunbookName, _ runbook: Runbook, on storage: JournalStorage,
        timestamp: @escaping @Sendable () -> String = Journal.now
    ) async throws(JournalError) {
        try await self.init(
            opening: .opened(format: RunbookEvent.format, name: name, runbook: runbook), on: storage,
            timestamp: timestamp)
    }
}
