import Foundation
import SystemPackage

/// A wish, laid beside a journal, that its rollout stop after the host at work. Whoever drives it looks there; it is no
/// entry of the journal, which has one writer.
public struct HoldRequest: Sendable {
    public let path: String

    /// - Parameter journal: the rollout's journal.
    public init(beside journal: String) {
        path = (journal.hasSuffix(".jsonl") ? String(journal.dropLast(".jsonl".count)) : journal) + ".hold"
    }

    public var isThere: Bool { FileManager.default.fileExists(atPath: path) }

    /// Lays it there, mode 0600; again changes nothing.
    ///
    /// - Parameter by: `user@machine`: for people.
    public func lay(by: String) throws(JournalError) {
        let draft = FilePath("\(path).\(UUID().uuidString)")
        do {
            let file = try FileDescriptor.open(
                draft, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: .ownerReadWrite)
            try file.closeAfter { _ = try file.writeAll(Array("\(by)\n".utf8)) }
            // In one step: whoever looks finds it whole or not at all.
            try FileManager.default.moveItem(atPath: draft.string, toPath: path)
        } catch {
            try? FileManager.default.removeItem(atPath: draft.string)
            guard !isThere else { return }
            throw .notWritten(path: path, why: "\(error)")
        }
    }

    /// Takes it away, if it is there: it was heard, or is of another run.
    public func remove() {
        // What is not there is gone already.
        try? FileManager.default.removeItem(atPath: path)
    }
}
