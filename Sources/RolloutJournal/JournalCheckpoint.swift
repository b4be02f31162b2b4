import Digest
import Foundation
import Glibc
import RolloutModel

/// The state to which the first entries of a journal lead, kept beside it, so that a look need not fold them again.
///
/// A checkpoint is no record, and may be removed at any time. Only the program that made it believes it, and only beside the
/// same bytes: its line is chained to the digest of all of them, as a line of the journal is chained to the one before.
/// Commands that go on with a rollout, and `journal verify`, read every entry.
struct JournalCheckpoint: Codable {
    /// Program and format have to be the reader's own: another one may fold otherwise.
    var program = Self.thisProgram
    var format = Self.currentFormat
    /// The number of entries that the checkpoint stands for.
    var entries: Int
    /// The number of bytes of their lines, newlines included.
    var bytes: Int
    /// The digest of the last of these lines, in hexadecimal.
    var head: String
    var record: RolloutRecord

    static let currentFormat = 1
    /// A longer one is neither kept nor read: to read it would take more memory than to read the journal. One of a thousand hosts
    /// has a twentieth of it.
    static let bytesMax = 8 << 20
    /// The entries after which another one is worth its while: to fold so many takes a fraction of a second.
    static let apart = 20_000

    /// The checkpoint as a line, its newline included; nil where it is not worth keeping.
    ///
    /// - Parameter content: of all bytes that it stands for.
    func line(after content: SHA256) -> [UInt8]? {
        guard let line = try? JournalLine(self, after: content.finishedInHex()).bytes else { return nil }
        return line.count <= Self.bytesMax ? line : nil
    }

    /// The file that has a journal's.
    static func file(beside journal: String) -> SideFile { SideFile(beside: journal, ending: "checkpoint") }

    /// The program's file, by its size and its time.
    private static let thisProgram: String = {
        var status = stat()
        guard stat("/proc/self/exe", &status) == 0 else { return "unknown \(UUID().uuidString)" }
        return "\(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }()
}

extension JournalCheckpoint {
    /// A checkpoint's words about itself, to find the bytes by which it is proved.
    private struct Claim: Decodable {
        var program: String
        var format: Int
        var bytes: Int
    }

    /// The fold of a journal up to its checkpoint, and the blocks that follow.
    ///
    /// - Parameters:
    ///   - line: what lies beside the journal.
    ///   - blocks: the journal's, from its beginning. Some are read in any case.
    /// - Returns: nil where it is not to be believed: then the journal is to be read from its beginning.
    static func resume(
        _ line: [UInt8], _ blocks: JournalBlocks, path: String
    ) throws(JournalError) -> (fold: JournalFold, rest: JournalBlocks)? {
        let line = line.last == UInt8(ascii: "\n") ? line.dropLast() : line[...]
        guard let claim = try? JSONDecoder().decode(Claim.self, from: Data(line)),
            claim.program == thisProgram, claim.format == currentFormat, claim.bytes > 0,
            let (content, rest) = try blocks.split(after: claim.bytes)
        else { return nil }
        var digest = content.finishedInHex()
        guard
            let checkpoint: JournalCheckpoint = try? JournalLine.read(line, after: &digest, isSealed: true),
            checkpoint.entries == checkpoint.record.entryCount
        else { return nil }
        return (JournalFold(path: path, from: checkpoint, content), rest)
    }
}

extension JournalBlocks {
    /// The digest of so many bytes, and the blocks that follow them; nil where there are not so many.
    func split(after count: Int) throws(JournalError) -> (content: SHA256, rest: JournalBlocks)? {
        var content = SHA256()
        var left = count
        while left > 0 {
            guard let block = try next() else { return nil }
            let taken = min(left, block.count)
            block.withUnsafeBytes { content.update(UnsafeRawBufferPointer(rebasing: $0[..<taken])) }
            left -= taken
            guard taken == block.count else { return (content, after(Array(block[taken...]))) }
        }
        return (content, self)
    }

    /// The same entries, after another one.
    private func after(_ first: [UInt8]) -> JournalBlocks {
        var first: [UInt8]? = first
        return JournalBlocks { () throws(JournalError) in
            if let block = first {
                first = nil
                return block
            }
            return try self.next()
        }
    }
}
