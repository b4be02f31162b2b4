import Foundation
import RolloutModel

/// A migration's record, open for writing: append-only, one entry a line, each durable before `append` returns.
/// Lines are chained as a journal's are, and one process has the file at a time.
public actor MigrationRecord {
    private let storage: JournalStorage
    private let timestamp: @Sendable () -> String
    private var digest: JournalLine.Digest
    private var count: Int
    /// The state that the entries tell.
    public private(set) var state: MigrationState
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
        beginning plan: MigrationPlan, on storage: JournalStorage,
        timestamp: @escaping @Sendable () -> String = Journal.now
    ) async throws(JournalError) {
        let first = MigrationEvent.opened(format: MigrationEvent.format, plan: plan)
        guard let state = MigrationState(first: first) else {
            throw .damaged(path: storage.name, entry: 1, why: "it opens no migration")
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
        let found = try MigrationReading(try await storage.read(), path: storage.name)
        if found.tornBytes > 0 { try await storage.truncate(found.wholeBytes) }
        self.storage = storage
        self.timestamp = timestamp
        state = found.state
        digest = found.digest
        count = found.count
    }

    /// Appends an entry, and returns once it is durable. Entries of applications that are carried at once wait
    /// for one another.
    public func append(_ event: MigrationEvent) async throws(JournalError) {
        while isWriting { await withCheckedContinuation { waiters.append($0) } }
        if let failure { throw failure }
        isWriting = true
        defer {
            isWriting = false
            for waiter in waiters { waiter.resume() }
            waiters = []
        }
        try await write(event)
        guard state.apply(event) else {
            throw .damaged(path: name, entry: count, why: "it cannot follow")
        }
    }

    private func write(_ event: MigrationEvent) async throws(JournalError) {
        do {
            let entry = MigrationEntry(number: count + 1, at: timestamp(), what: event)
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

/// A line of a migration's record.
public struct MigrationEntry: Codable, Hashable, Sendable {
    /// 1, 2, 3, … without a gap.
    public var number: Int
    /// The time, ISO 8601, UTC, for people.
    public var at: String
    public var what: MigrationEvent

    public init(number: Int, at: String, what: MigrationEvent) {
        self.number = number
        self.at = at
        self.what = what
    }
}

/// A migration's record as its bytes tell it, every line checked.
public struct MigrationReading: Sendable {
    public var state: MigrationState
    var digest: JournalLine.Digest
    var count: Int
    var wholeBytes: Int
    var tornBytes: Int

    /// - Parameter each: is handed every entry, in their order.
    /// - Throws: `JournalError.empty`, `.foreign`, `.formatUnknown`, `.damaged`, `.unreadable`.
    public init(
        _ blocks: JournalBlocks, path: String, each: (MigrationEntry) -> Void = { _ in }
    ) throws(JournalError) {
        var lines = JournalLines(blocks, path: path)
        guard try lines.beginWith(JournalLine.beginning) else {
            throw .foreign(path: path, why: "it begins otherwise than a record")
        }
        var state: MigrationState?
        digest = JournalLine.origin
        count = 0
        while let line = try lines.next() {
            count += 1
            let entry = try Self.entry(line, &digest, count, path)
            each(entry)
            if state == nil {
                state = try Self.first(entry, path)
            } else if state?.apply(entry.what) != true {
                throw .damaged(path: path, entry: count, why: "it cannot follow")
            }
        }
        guard let state else { throw .empty(path: path) }
        self.state = state
        wholeBytes = lines.wholeBytes
        tornBytes = lines.begunBytes
    }

    private static func entry(
        _ line: ArraySlice<UInt8>, _ digest: inout JournalLine.Digest, _ number: Int, _ path: String
    ) throws(JournalError) -> MigrationEntry {
        do throws(JournalLine.Fault) {
            let entry: MigrationEntry = try JournalLine.read(line, after: &digest, isSealed: true)
            guard entry.number == number else {
                throw JournalLine.Fault(why: "its number is \(entry.number)")
            }
            return entry
        } catch {
            throw .damaged(path: path, entry: number, why: error.why)
        }
    }

    private static func first(
        _ entry: MigrationEntry, _ path: String
    ) throws(JournalError) -> MigrationState {
        guard case .opened(let format, _) = entry.what, let state = MigrationState(first: entry.what) else {
            throw .foreign(path: path, why: "it opens no migration")
        }
        guard format == MigrationEvent.format else { throw .formatUnknown(path: path, format: format) }
        return state
    }
}
