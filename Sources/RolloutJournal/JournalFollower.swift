import Glibc
import RolloutModel
import SystemPackage

/// A journal that is read again and again while another process writes it. Each time only the lines that follow those of
/// the time before are read, so that the cost of a look does not grow with the journal.
///
/// A change in lines that were read before is not noticed.
public struct JournalFollower {
    private let path: String
    private var read: Read?

    /// The lines that were read, and the file that has them.
    private struct Read {
        var file: FileIdentity
        var lines: JournalFold
        /// The number of bytes of these lines.
        var bytes: Int
    }

    private struct FileIdentity: Hashable {
        var device: dev_t
        var number: ino_t
    }

    public init(path: String) { self.path = path }

    /// The record of all whole lines. A file that took the place of the one before, or that lost whole lines, is read from
    /// its beginning.
    ///
    /// - Parameter each: is called with every entry that is new, in order; with the first one again where the file is read
    ///   from its beginning.
    /// - Throws: as `JournalReading`.
    public mutating func record(each: (JournalEntry) -> Void) throws(JournalError) -> RolloutRecord {
        if let read, let record = try? self.record(after: read, each) { return record }
        read = nil
        guard let record = try self.record(after: nil, each) else { throw .empty(path: path) }
        return record
    }

    /// The same, where only the record matters.
    public mutating func record() throws(JournalError) -> RolloutRecord { try record(each: { _ in }) }

    /// - Returns: nil where the file is not the one whose lines were read.
    private mutating func record(
        after before: Read?, _ each: (JournalEntry) -> Void
    ) throws(JournalError) -> RolloutRecord? {
        let file = try JournalFile.open(path)
        let blocks = JournalBlocks(of: file, path: path)
        guard let (identity, size) = Self.status(of: file) else {
            throw .unreadable(path: path, why: "its size is not told")
        }
        var read = before ?? Read(file: identity, lines: JournalFold(path: path), bytes: 0)
        guard read.file == identity, read.bytes <= size,
            (try? file.seek(offset: Int64(read.bytes), from: .start)) != nil
        else { return nil }
        var lines = JournalLines(blocks, path: path)
        if before == nil, try !lines.beginWith(JournalLine.beginning) {
            throw .foreign(path: path, why: "it begins otherwise than a journal")
        }
        while let line = try lines.next() { each(try read.lines.take(line)) }
        read.bytes = read.bytes.adding(clamping: lines.wholeBytes)
        self.read = read
        return read.lines.record
    }

    private static func status(of file: FileDescriptor) -> (FileIdentity, size: Int)? {
        var status = stat()
        guard fstat(file.rawValue, &status) == 0 else { return nil }
        return (FileIdentity(device: status.st_dev, number: status.st_ino), Int(clamping: status.st_size))
    }
}
