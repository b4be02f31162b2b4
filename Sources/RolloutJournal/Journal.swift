import Foundation
import Glibc
import RolloutModel
import Synchronization
import SystemPackage

/// A rollout's journal, open for writing: append-only, one entry a line, each durable before `append` returns.
///
/// One writer at a time, by a lock that the kernel drops when the process ends, however it ends.
public final class Journal: Sendable {
    public let path: String
    private let file: FileDescriptor
    private let written: Mutex<RolloutRecord>

    /// What has been written so far.
    public var record: RolloutRecord { written.withLock { $0 } }

    /// Begins the journal of a new rollout, mode 0600.
    ///
    /// - Throws: `JournalError.exists` when the rollout already has one, `.notWritten` when it cannot be made durable.
    public convenience init(beginning plan: Plan, path: String) throws(JournalError) {
        guard !FileManager.default.fileExists(atPath: path) else { throw .exists(path: path) }
        let first = JournalEntry(
            number: 1, at: Self.now(), what: .opened(format: JournalEntry.format, plan: plan))
        let record = try RolloutRecord(first: first, path: path)
        let file = try Self.open(path, [.create, .exclusiveCreate])
        self.init(path: path, file: file, record: record)
        try write(first)
        try Self.syncDirectory(of: path)
    }

    /// Opens an existing journal to go on with it. A torn last line is cut off.
    public convenience init(resuming path: String) throws(JournalError) {
        // Read only once the lock is held: whoever had it may have been writing until then.
        guard FileManager.default.fileExists(atPath: path) else { throw .notFound(path: path) }
        let file = try Self.open(path, [])
        do {
            let found = try JournalFile.read(path: path)
            try Self.check(path) { try file.resize(to: Int64(found.wholeBytes)) }
            self.init(path: path, file: file, record: found.record)
        } catch {
            Self.release(file)
            throw error
        }
    }

    /// Reads a journal, also while another process writes it.
    public static func read(path: String) throws(JournalError) -> RolloutRecord {
        try JournalFile.read(path: path).record
    }

    /// Whether some process has this journal open for writing now.
    public static func isBeingWritten(path: String) throws(JournalError) -> Bool {
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
        } catch {
            throw .unreadable(path: path, why: "\(error)")
        }
        defer { release(file) }
        return flock(file.rawValue, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    private init(path: String, file: FileDescriptor, record: RolloutRecord) {
        self.path = path
        self.file = file
        self.written = Mutex(record)
    }

    deinit { Self.release(file) }

    /// Gives up the lock by name, and not by closing alone: a child being spawned at this moment has the descriptor, too,
    /// until it runs its program. Every entry was synced when it was written, so there is nothing to lose.
    private static func release(_ file: FileDescriptor) {
        flock(file.rawValue, LOCK_UN)
        try? file.close()
    }

    /// Appends an entry, and returns once it is on the disk.
    ///
    /// - Returns: what the machine wants done next; nothing but after an event.
    @discardableResult
    public func append(_ what: JournalEntry.Content) throws(JournalError) -> [RolloutMachine.Directive] {
        try written.withLock { record throws(JournalError) in
            let entry = JournalEntry(number: record.entries.count + 1, at: Self.now(), what: what)
            var next = record
            let directives = try next.append(entry, path: path)
            try write(entry)
            record = next
            return directives
        }
    }

    private func write(_ entry: JournalEntry) throws(JournalError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try Self.check(path) {
            try file.writeAll(encoder.encode(entry) + [UInt8(ascii: "\n")])
            guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
        }
    }

    private static func open(_ path: String, _ options: FileDescriptor.OpenOptions) throws(JournalError)
        -> FileDescriptor
    {
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(
                FilePath(path), .readWrite, options: options.union([.append, .closeOnExec]),
                permissions: .ownerReadWrite)
        } catch {
            throw .notWritten(path: path, why: "\(error)")
        }
        guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            let failure = errno
            try? file.close()  // Nothing was written through it.
            throw failure == EWOULDBLOCK
                ? .inUse(path: path) : .notWritten(path: path, why: "\(Errno(rawValue: failure))")
        }
        return file
    }

    /// A new file is only durable once its directory is.
    private static func syncDirectory(of path: String) throws(JournalError) {
        try check(path) {
            let directory = try FileDescriptor.open(FilePath(path).removingLastComponent(), .readOnly)
            try directory.closeAfter {
                guard fsync(directory.rawValue) == 0 else { throw Errno(rawValue: errno) }
            }
        }
    }

    private static func check(_ path: String, _ body: () throws -> Void) throws(JournalError) {
        do {
            try body()
        } catch {
            throw .notWritten(path: path, why: "\(error)")
        }
    }

    private static func now() -> String { Date.now.formatted(.iso8601) }
}
