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
    /// - Throws: `JournalError.empty`, `.foreign`, `.formatUnknown`, `.damaged`; `.unreadable` where a block cannot be
    ///   read.
    public init(
        _ blocks: JournalBlocks, path: String, each: (JournalEntry) -> Void = { _ in }
    ) throws(JournalError) {
        var lines = JournalLines(blocks, path: path)
        guard try lines.beginWith(JournalLine.beginning) else {
            throw .foreign(path: path, why: "it begins otherwise than a journal")
        }
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
        /// Lines end in their digests from here on: from the first one that does.
        private var isSealed = false

        init(path: String) { self.path = path }

        mutating func take(_ line: ArraySlice<UInt8>) throws(JournalError) -> JournalEntry {
            number += 1
            if !isSealed {
                isSealed = JournalLine.seal(of: line) != nil || (number == 1 && !isOfUnchained(line))
            }
            let entry: JournalEntry
            do throws(JournalLine.Fault) {
                entry = try JournalLine.read(line, after: &digest, isSealed: isSealed)
            } catch {
                throw fault(error, in: line)
            }
            if record == nil {
                record = try RolloutRecord(first: entry, path: path)
            } else {
                try record?.append(entry, path: path, isRead: true)
            }
            return entry
        }

        private func isOfUnchained(_ line: ArraySlice<UInt8>) -> Bool {
            JournalLine.format(of: line).map { $0 < JournalEntry.firstChained } ?? false
        }

        /// A journal of a format that is not known is not judged by the rules of one that is.
        private func fault(_ fault: JournalLine.Fault, in line: ArraySlice<UInt8>) -> JournalError {
            if number == 1, let format = JournalLine.format(of: line), !JournalEntry.formats.contains(format)
            {
                return .formatUnknown(path: path, format: format)
            }
            return .damaged(path: path, entry: number, why: fault.why)
        }
    }
}
