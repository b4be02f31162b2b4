import Foundation

/// A journal's bytes as entries.
///
/// A last line without its newline was being written when the power went: it announced nothing yet, and is dropped.
/// Anything else that is wrong is an error.
struct JournalFile {
    var record: RolloutRecord
    /// How many bytes of the file are whole entries.
    var wholeBytes: Int

    static func read(path: String) throws(JournalError) -> JournalFile {
        guard FileManager.default.fileExists(atPath: path) else { throw .notFound(path: path) }
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw .unreadable(path: path, why: error.localizedDescription)
        }
        return try fold(bytes, path: path)
    }

    static func fold(_ bytes: Data, path: String) throws(JournalError) -> JournalFile {
        let newline = UInt8(ascii: "\n")
        let whole = bytes.lastIndex(of: newline).map { bytes.prefix(through: $0) } ?? Data()
        var lines = whole.split(separator: newline, omittingEmptySubsequences: false).dropLast().enumerated()
            .makeIterator()
        guard let first = lines.next() else { throw .empty(path: path) }
        var record = try RolloutRecord(first: entry(first.element, number: 1, path: path), path: path)
        while let (index, line) = lines.next() {
            try record.append(entry(line, number: index + 1, path: path), path: path)
        }
        return JournalFile(record: record, wholeBytes: whole.count)
    }

    private static func entry(_ line: Data, number: Int, path: String) throws(JournalError) -> JournalEntry {
        do {
            return try JSONDecoder().decode(JournalEntry.self, from: line)
        } catch {
            throw .damaged(path: path, entry: number, why: "not an entry (\(error))")
        }
    }
}
