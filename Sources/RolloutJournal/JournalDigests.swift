import RolloutModel

/// Digests of some entries of a journal whose lines were checked before: each is read off its own line, where that has one.
public struct JournalDigests: Sendable {
    private let digests: [Int: String]

    /// - Parameter entries: their numbers.
    /// - Throws: `JournalError.notFound`, `.unreadable`.
    public init(of entries: Set<Int>, path: String) throws(JournalError) {
        try self.init(of: entries, in: try JournalBlocks(ofFile: path), name: path)
    }

    /// - Parameter name: of the journal, for messages.
    init(of entries: Set<Int>, in blocks: JournalBlocks, name: String) throws(JournalError) {
        var digests: [Int: String] = [:]
        var number = 0
        var last = JournalLine.origin
        var lines = JournalLines(blocks, path: name)
        while let line = try lines.next() {
            number += 1
            last = JournalLine.digest(ofChecked: line, after: last)
            if entries.contains(number) { digests[number] = String(decoding: last, as: UTF8.self) }
        }
        self.digests = digests
    }

    /// The digest of the last whole line.
    static func last(in blocks: JournalBlocks) throws(JournalError) -> JournalLine.Digest {
        var last = JournalLine.origin
        var lines = JournalLines(blocks, path: "")
        while let line = try lines.next() { last = JournalLine.digest(ofChecked: line, after: last) }
        return last
    }

    /// nil where the journal has no such entry, or it was not asked for.
    public subscript(entry: Int) -> String? { digests[entry] }
}
