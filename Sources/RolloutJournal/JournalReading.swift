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

    /// - Throws: `JournalError.empty`, `.formatUnknown`, `.damaged`.
    public init(_ bytes: [UInt8], path: String) throws(JournalError) {
        let newline = UInt8(ascii: "\n")
        wholeBytes = bytes.lastIndex(of: newline).map { $0 + 1 } ?? 0
        tornBytes = bytes.count - wholeBytes
        digest = JournalLine.origin
        // Before anything is judged by this format's rules.
        if let format = JournalLine.format(of: bytes.prefix { $0 != newline }), format != JournalEntry.format
        {
            throw .formatUnknown(path: path, format: format)
        }
        var record: RolloutRecord?
        var start = 0
        var number = 1
        while start < wholeBytes, let end = bytes[start...].firstIndex(of: newline) {
            let entry: JournalEntry
            do throws(JournalLine.Fault) {
                (entry, digest) = try JournalLine.read(bytes[start..<end], after: digest)
            } catch {
                throw .damaged(path: path, entry: number, why: error.why)
            }
            if record == nil {
                record = try RolloutRecord(first: entry, path: path)
            } else {
                try record?.append(entry, path: path)
            }
            start = end + 1
            number += 1
        }
        guard let record else { throw .empty(path: path) }
        self.record = record
    }
}
