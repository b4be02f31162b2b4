/// A journal as its bytes tell it, every line checked.
///
/// A last line without its newline was being written when the power went: it announced nothing yet, and is dropped.
/// Anything else that is wrong is an error that names the entry.
public struct JournalReading: Sendable {
    public var record: RolloutRecord
    /// The last line's, in hexadecimal: it stands for the whole journal.
    public var digest: String
    /// How many bytes are whole lines.
    public var wholeBytes: Int
    /// How many bytes of an unfinished line follow.
    public var tornBytes: Int

    /// - Parameters:
    ///   - path: names it in messages.
    ///   - each: is handed every entry, in their order, once it is known to follow from those before.
    /// - Throws: `JournalError.empty`, `.formatUnknown`, `.damaged`; `.unreadable` where a block cannot be read.
    public init(
        _ blocks: JournalBlocks, path: String, each: (JournalEntry) -> Void = { _ in }
    ) throws(JournalError) {
        var lines = JournalLines(blocks)
        var fold = Fold(path: path)
        while let line = try lines.next() { each(try fold.take(line)) }
        guard let record = fold.record else { throw .empty(path: path) }
        self.record = record
        digest = String(decoding: fold.digest, as: UTF8.self)
        wholeBytes = lines.wholeBytes
        tornBytes = lines.begunBytes
    }

    /// The lines up to one of them.
    private struct Fold {
        let path: String
        private(set) var record: RolloutRecord?
        private(set) var digest = JournalLine.origin
        private var number = 0

        init(path: String) { self.path = path }

        mutating func take(_ line: ArraySlice<UInt8>) throws(JournalError) -> JournalEntry {
            number += 1
            let entry: JournalEntry
            do throws(JournalLine.Fault) {
                entry = try JournalLine.read(line, after: &digest)
            } catch {
                throw fault(error, in: line)
            }
            if record == nil {
                record = try RolloutRecord(first: entry, path: path)
            } else {
                try record?.append(entry, path: path)
            }
            return entry
        }

        /// A journal of another format is not judged by this one's rules.
        private func fault(_ fault: JournalLine.Fault, in line: ArraySlice<UInt8>) -> JournalError {
            if number == 1, let format = JournalLine.format(of: line), format != JournalEntry.format {
                return .formatUnknown(path: path, format: format)
            }
            return .damaged(path: path, entry: number, why: fault.why)
        }
    }
}
