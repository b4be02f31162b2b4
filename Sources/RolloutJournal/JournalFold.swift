import Digest
import RolloutModel

/// The lines of a journal up to one of them, each checked against those before.
struct JournalFold {
    let path: String
    private(set) var record: RolloutRecord?
    private(set) var digest = JournalLine.origin
    /// Of their bytes, newlines included.
    private(set) var content = SHA256()
    private(set) var bytes = 0
    private var number = 0
    /// Lines end in their digests from here on: from the first one that does.
    private var isSealed = false

    init(path: String) { self.path = path }

    /// - Parameter content: of the bytes that the checkpoint stands for, by which it was proved.
    init(path: String, from checkpoint: JournalCheckpoint, _ content: SHA256) {
        self.path = path
        record = checkpoint.record
        digest = Array(checkpoint.head.utf8)
        self.content = content
        bytes = checkpoint.bytes
        number = checkpoint.entries
        isSealed = true
    }

    /// nil where lines end in no digest yet.
    var checkpoint: JournalCheckpoint? {
        guard let record, isSealed else { return nil }
        return JournalCheckpoint(
            entries: number, bytes: bytes, head: String(decoding: digest, as: UTF8.self), record: record)
    }

    /// The checkpoint that is to be kept beside the journal; nil where there is nothing to keep.
    var checkpointLine: [UInt8]? { checkpoint?.line(after: content) }

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
        line.withUnsafeBytes { content.update($0) }
        withUnsafeBytes(of: UInt8(ascii: "\n")) { content.update($0) }
        bytes += line.count + 1
        return entry
    }

    private func isOfUnchained(_ line: ArraySlice<UInt8>) -> Bool {
        JournalLine.format(of: line).map { $0 < JournalEntry.firstChained } ?? false
    }

    /// A journal of a format that is not known is not judged by the rules of one that is.
    private func fault(_ fault: JournalLine.Fault, in line: ArraySlice<UInt8>) -> JournalError {
        if number == 1, let format = JournalLine.format(of: line), !JournalEntry.formats.contains(format) {
            return .formatUnknown(path: path, format: format)
        }
        return .damaged(path: path, entry: number, why: fault.why)
    }
}
