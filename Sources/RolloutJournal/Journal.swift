import Digest
import Foundation
import RolloutModel
import Synchronization

/// A rollout's journal, open for writing: append-only, one entry a line, each durable before `append` returns.
public final class Journal: Sendable {
    private let storage: JournalStorage
    private let timestamp: @Sendable () -> String
    private let state: Mutex<State>

    fileprivate struct State {
        var record: RolloutRecord
        /// The digest of the last line.
        var digest: JournalLine.Digest
        /// Of the bytes of all lines.
        var content = SHA256()
        var bytes = 0
        /// The entries that the checkpoint stands for; 0 where this process has kept none.
        var checkpointed = 0
        /// True while an entry is on its way to the storage.
        var isWriting = false
        /// The error of an entry that could not be written. The journal may end in a part of that entry, so no entry
        /// may follow.
        var failure: JournalError?
    }

    /// The journal's place, as messages name it.
    public var name: String { storage.name }

    /// The entries so far, including the one that is being written.
    public var record: RolloutRecord { state.withLock { $0.record } }

    /// The end of the journal, which hosts and store keep, so that it can be proved later.
    public var end: JournalEnd {
        state.withLock { $0.record.end(String(decoding: $0.digest, as: UTF8.self)) }
    }

    /// Begins the journal of a new rollout, mode 0600.
    ///
    /// - Parameters:
    ///   - configuration: the digest of the configuration that the rollout begins with.
    ///   - settings: the settings of that configuration.
    /// - Throws: `JournalError.exists` when the rollout already has a journal, `.notWritten` when it cannot be made
    ///   durable.
    public convenience init(
        beginning plan: Plan, configuration: String, settings: [String: String]? = nil, path: String
    ) async throws(JournalError) {
        try await self.init(
            beginning: plan, configuration: configuration, settings: settings, on: .new(at: path))
    }

    /// - Parameter timestamp: gives the time of day, ISO 8601, for people.
    public init(
        beginning plan: Plan, configuration: String, settings: [String: String]? = nil,
        on storage: JournalStorage,
        timestamp: @escaping @Sendable () -> String = Journal.now
    ) async throws(JournalError) {
        let opened = JournalEntry.Content.opened(
            format: JournalEntry.format, plan: plan, configuration: configuration, settings: settings)
        let first = JournalEntry(number: 1, at: timestamp(), what: opened, evidence: nil)
        let record = try RolloutRecord(first: first, path: storage.name)
        self.storage = storage
        self.timestamp = timestamp
        self.state = Mutex(State(record: record, digest: JournalLine.origin))
        try await write(first, after: JournalLine.origin)
    }

    /// Opens an existing journal to go on with it. A torn last line is cut off.
    public convenience init(resuming path: String) async throws(JournalError) {
        try await self.init(resuming: .existing(at: path))
    }

    /// - Parameter timestamp: gives the time of day, ISO 8601, for people.
    public init(
        resuming storage: JournalStorage, timestamp: @escaping @Sendable () -> String = Journal.now
    ) async throws(JournalError) {
        // Read only once the lock is held: whoever had it may have been writing until then.
        let found = try JournalReading(try await storage.read(), path: storage.name)
        if found.tornBytes > 0 { try await storage.truncate(found.wholeBytes) }
        self.storage = storage
        self.timestamp = timestamp
        self.state = Mutex(
            State(
                record: found.record, digest: Array(found.digest.utf8), content: found.fold.content,
                bytes: found.fold.bytes))
    }

    /// The digests of some entries.
    ///
    /// - Parameter entries: the numbers of the entries.
    public func digests(of entries: Set<Int>) async throws(JournalError) -> JournalDigests {
        try JournalDigests(of: entries, in: try await storage.read(), name: name)
    }

    /// Reads a journal, also while another process writes it.
    ///
    /// - Parameter each: is called with every entry, in order; a record does not keep them.
    @discardableResult
    public static func read(
        path: String, each: (JournalEntry) -> Void = { _ in }
    ) throws(JournalError) -> RolloutRecord {
        try reading(path: path, each: each).record
    }

    /// Reads a journal, and the facts about its file.
    public static func reading(
        path: String, each: (JournalEntry) -> Void = { _ in }
    ) throws(JournalError) -> JournalReading {
        try JournalReading(JournalBlocks(ofFile: path), path: path, each: each)
    }

    /// True if some process has this journal open for writing now.
    public static func isBeingWritten(path: String) throws(JournalError) -> Bool {
        try LockedFile.isHeld(path: path)
    }

    /// Appends an entry, and returns once it is durable. A rollout has one driver, so entries are appended one at a
    /// time.
    ///
    /// - Returns: the machine's next directives; empty unless the entry is an event.
    /// - Throws: `JournalError.damaged` for an entry that cannot follow, with nothing written; `.overtaken`,
    ///   `.notWritten`, after which this journal accepts no more entries, and only a resume finds out how much of the
    ///   entry was written; `.inUse` while another entry is being written.
    @discardableResult
    public func append(
        _ what: JournalEntry.Content
    ) async throws(JournalError) -> [RolloutMachine.Directive] {
        try await append(what, evidence: nil)
    }

    /// The same, with what the gates saw that opened.
    @discardableResult
    public func append(
        _ what: JournalEntry.Content, evidence: GateEvidence?
    ) async throws(JournalError) -> [RolloutMachine.Directive] {
        let at = timestamp()
        let begun = try state.withLock { state throws(JournalError) in
            if let failure = state.failure { throw failure }
            guard !state.isWriting else { throw .inUse(path: storage.name) }
            let entry = JournalEntry(
                number: state.record.entryCount + 1, at: at, what: what, evidence: evidence)
            // The record is changed in place, not on a copy: a journal of a large rollout is large. An entry that
            // cannot follow changes nothing.
            let directives = try state.record.append(entry, path: storage.name)
            state.isWriting = true
            return (entry: entry, previous: state.digest, directives: directives)
        }
        try await write(begun.entry, after: begun.previous)
        return begun.directives
    }

    private func write(_ entry: JournalEntry, after previous: JournalLine.Digest) async throws(JournalError) {
        do {
            let line = try JournalLine(entry, after: previous)
            try await storage.append(line.bytes, previous)
            let checkpoint = state.withLock { state in
                state.take(line)
                return state.checkpointIfDue(apart: storage.checkpointsApart)
            }
            if let checkpoint { await storage.keep(checkpoint) }
        } catch {
            let failure =
                error as? JournalError
                ?? .notWritten(path: storage.name, why: "entry \(entry.number): \(error)")
            state.withLock { $0.failure = failure }
            throw failure
        }
    }

    public static func now() -> String { Date.now.formatted(.iso8601) }
}

extension Journal.State {
    /// Notes that the line is durable.
    fileprivate mutating func take(_ line: JournalLine) {
        digest = line.digest
        line.bytes.withUnsafeBytes { content.update($0) }
        bytes += line.bytes.count
        isWriting = false
    }

    /// The checkpoint that is to be kept beside the journal by now; nil where the last one will do. A checkpoint of many
    /// hosts is long, and is made seldom.
    fileprivate mutating func checkpointIfDue(apart: Int) -> [UInt8]? {
        let apart = max(apart, record.machine.plan.hosts.count)
        guard record.entryCount - checkpointed >= apart else { return nil }
        checkpointed = record.entryCount
        let checkpoint = JournalCheckpoint(
            entries: record.entryCount, bytes: bytes, head: String(decoding: digest, as: UTF8.self),
            record: record)
        return checkpoint.line(after: content)
    }
}
