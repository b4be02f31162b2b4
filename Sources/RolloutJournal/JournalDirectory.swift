import Foundation
import RolloutModel
import SystemPackage

/// Where an operator's rollouts are kept: one file each, `<rollout>.jsonl`, in a directory only they can read.
public struct JournalDirectory: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    public func journalPath(of rollout: RolloutID) -> String { "\(path)/\(rollout).jsonl" }

    /// Makes the directory, mode 0700, if it is not there.
    public func prepare() throws(JournalError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .notWritten(path: path, why: error.localizedDescription)
        }
    }

    /// The rollouts that have a journal here, oldest first: their ids begin with the time they were planned.
    ///
    /// - Throws: `JournalError.directoryUnreadable`.
    public func rollouts() throws(JournalError) -> [RolloutID] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        do {
            // Foundation names a failure by a number, and the system by its cause.
            let directory = try FileDescriptor.open(
                FilePath(path), .readOnly, options: [.directory, .closeOnExec])
            try directory.close()
            return try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { $0.hasSuffix(".jsonl") }
                .compactMap { RolloutID(foreign: String($0.dropLast(".jsonl".count))) }
                .sorted()
        } catch let error as Errno {
            throw .directoryUnreadable(path: path, why: "\(error)")
        } catch {
            throw .directoryUnreadable(path: path, why: "it cannot be read")
        }
    }
}
