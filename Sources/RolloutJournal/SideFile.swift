import Foundation
import Glibc
import RolloutModel
import SystemPackage

/// A small file beside a rollout's journal, mode 0600, that one process leaves for others. The file is no part of the
/// journal, which has one writer.
struct SideFile: Sendable {
    let path: String

    /// - Parameters:
    ///   - journal: the rollout's journal.
    ///   - ending: follows the name of the journal in the place of `jsonl`.
    init(beside journal: String, ending: String) {
        path =
            (journal.hasSuffix(".jsonl") ? String(journal.dropLast(".jsonl".count)) : journal) + "." + ending
    }

    var isThere: Bool { FileManager.default.fileExists(atPath: path) }

    /// Makes the file in one step, so that a reader finds it whole or not at all. A file that is there stays.
    ///
    /// - Parameter line: the content, for people.
    /// - Throws: `JournalError.forbidden`, `.notWritten`.
    func lay(_ line: String) throws(JournalError) {
        let draft = FilePath("\(path).\(UUID().uuidString)")
        do {
            let file = try FileDescriptor.open(
                draft, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: .ownerReadWrite)
            try file.closeAfter { _ = try file.writeAll(Array("\(line)\n".utf8)) }
            try FileManager.default.moveItem(atPath: draft.string, toPath: path)
        } catch {
            try? FileManager.default.removeItem(atPath: draft.string)
            guard !isThere else { return }
            throw ForbiddenPlace(path, .write, after: error).map(JournalError.forbidden)
                ?? .notWritten(path: path, why: "\(error)")
        }
    }

    /// The first line, if it is text and not longer than a name may be; nil where it cannot be read.
    var line: String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        guard let data = try? file.read(upToCount: Self.lineBytesMax),
            let text = String(data: data, encoding: .utf8),
            let line = text.split(separator: "\n").first
        else { return nil }
        return ForeignText.line(line)
    }

    private static let lineBytesMax = 1024

    /// Puts a file of the bytes in the place of the one before, in one step. One that cannot be written is left out.
    func replace(_ bytes: [UInt8]) {
        let draft = FilePath("\(path).\(UUID().uuidString)")
        do {
            let file = try FileDescriptor.open(
                draft, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: .ownerReadWrite)
            try file.closeAfter { _ = try file.writeAll(bytes) }
            guard rename(draft.string, path) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            try? FileManager.default.removeItem(atPath: draft.string)
        }
    }

    /// The bytes of the file; nil where it is none, or longer than that.
    func bytes(upTo most: Int) -> [UInt8]? {
        guard let file = try? JournalFile.open(path) else { return nil }
        let blocks = JournalBlocks(of: file, path: path)
        var bytes: [UInt8] = []
        while let block = try? blocks.next() {
            bytes += block
            guard bytes.count <= most else { return nil }
        }
        return bytes
    }

    func remove() {
        // An error means that the file is gone already.
        try? FileManager.default.removeItem(atPath: path)
    }
}
