import Foundation
import SystemPackage

/// A request, in a file beside a journal, that its rollout stop after the host at work. The process that drives the
/// rollout looks for the file. The request is no entry of the journal, because a journal has one writer.
public struct HoldRequest: Sendable {
    public let path: String

    /// - Parameter journal: the rollout's journal.
    public init(beside journal: String) {
        path = (journal.hasSuffix(".jsonl") ? String(journal.dropLast(".jsonl".count)) : journal) + ".hold"
    }

    public var isThere: Bool { FileManager.default.fileExists(atPath: path) }

    /// Makes the request, mode 0600. Repeating it changes nothing.
    ///
    /// - Parameter by: the operator, `user@machine`, for people.
    public func lay(by: String) throws(JournalError) {
        let draft = FilePath("\(path).\(UUID().uuidString)")
        do {
            let file = try FileDescriptor.open(
                draft, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: .ownerReadWrite)
            try file.closeAfter { _ = try file.writeAll(Array("\(by)\n".utf8)) }
            // The file appears in one step, so that a reader finds it whole or not at all.
            try FileManager.default.moveItem(atPath: draft.string, toPath: path)
        } catch {
            try? FileManager.default.removeItem(atPath: draft.string)
            guard !isThere else { return }
            throw .notWritten(path: path, why: "\(error)")
        }
    }

    /// Removes the request, if there is one: it was answered, or belongs to another run.
    public func remove() {
        // An error means that the file is gone already.
        try? FileManager.default.removeItem(atPath: path)
    }
}
