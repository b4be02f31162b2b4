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
    /// The whole lines, for whoever goes on with them.
    let fold: JournalFold

    /// - Parameters:
    ///   - path: names it in messages.
    ///   - each: is handed every entry, in their order, once it is known to follow from those before.
    /// - Throws: `JournalError.empty`, `.foreign`, `.formatUnknown`, `.damaged`; `.unreadable` where a block cannot be
    ///   read.
    public init(
        _ blocks: JournalBlocks, path: String, each: (JournalEntry) -> Void = { _ in }
    ) throws(JournalError) {
        try self.init(JournalFold(path: path), blocks, path: path, each: each)
    }

    /// The same, of a journal whose first entries are folded already.
    init(
        _ fold: JournalFold, _ blocks: JournalBlocks, path: String, each: (JournalEntry) -> Void = { _ in }
    ) throws(JournalError) {
        var lines = JournalLines(blocks, path: path)
        var fold = fold
        if fold.bytes == 0, try !lines.beginWith(JournalLine.beginning) {
            throw .foreign(path: path, why: "it begins otherwise than a journal")
        }
        while let line = try lines.next() { each(try fold.take(line)) }
        guard let record = fold.record else { throw .empty(path: path) }
        self.record = record
        self.fold = fold
        digest = String(decoding: fold.digest, as: UTF8.self)
        wholeBytes = fold.bytes
        tornBytes = lines.begunBytes
    }
}
