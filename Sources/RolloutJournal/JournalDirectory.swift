import Foundation
import RolloutModel
import SystemPackage

/// Where an operator's rollouts are kept: one file each, `<rollout>.jsonl`, in a directory only they can read.
public struct JournalDirectory: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    public func journalPath(of rollout: RolloutID) -> String { "\(path)/\(rollout).jsonl" }

    /// Makes the directory, mode 0700, if it is not there.
    ///
    /// - Throws: `JournalError.forbidden`, `.notWritten`.
    public func prepare() throws(JournalError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw ForbiddenPlace(path, .make, after: error).map(JournalError.forbidden)
                ?? .notWritten(path: path, why: error.localizedDescription)
        }
    }

    /// The rollouts that have a journal here, oldest first: their ids begin with the time they were planned.
    ///
    /// - Throws: `JournalError.forbidden`, `.directoryUnreadable`.
    public func rollouts() throws(JournalError) -> [RolloutID] {
        try names().filter { $0.hasSuffix(".jsonl") }
            .compactMap { RolloutID(foreign: String($0.dropLast(".jsonl".count))) }
            .sorted()
    }

    /// The names of the files; none where there is no such directory.
    private func names() throws(JournalError) -> [String] {
        do {
            // Foundation names a failure by a number, and the system by its cause.
            let directory = try FileDescriptor.open(
                FilePath(path), .readOnly, options: [.directory, .closeOnExec])
            try directory.close()
            return try FileManager.default.contentsOfDirectory(atPath: path)
        } catch Errno.noSuchFileOrDirectory {
            return []
        } catch let error as Errno {
            throw ForbiddenPlace(path, .list, after: error).map(JournalError.forbidden)
                ?? .directoryUnreadable(path: path, why: "\(error)")
        } catch {
            throw .directoryUnreadable(path: path, why: "it cannot be read")
        }
    }
}

extension JournalDirectory {
    /// The record of the migration from one cluster to another, each named by its controller's host.
    public func migrationPath(from old: String, to new: String) -> String {
        "\(path)/\(Self.plain(old))-to-\(Self.plain(new))\(Self.migrationSuffix)"
    }

    /// The paths of all migrations' records here, in their names' order.
    ///
    /// - Throws: `JournalError.forbidden`, `.directoryUnreadable`.
    public func migrations() throws(JournalError) -> [String] {
        try names().filter { $0.hasSuffix(Self.migrationSuffix) }.sorted().map { "\(path)/\($0)" }
    }

    /// Opens a migration's record to go on with it, or begins one where there is none.
    public func migration(_ plan: MigrationPlan, at path: String) async throws(JournalError)
        -> MigrationRecord
    {
        guard !FileManager.default.fileExists(atPath: path) else {
            return try await MigrationRecord(resuming: .existing(at: path))
        }
        try prepare()
        return try await MigrationRecord(beginning: plan, on: .new(at: path))
    }

    /// Reads a migration's record, also while another process writes it.
    public static func readMigration(
        at path: String, each: (RecordEntry<MigrationEvent>) -> Void = { _ in }
    ) throws(JournalError) -> MigrationState {
        try RecordReading<MigrationState>(JournalBlocks(ofFile: path), path: path, each: each).state
    }

    /// No rollout's journal ends so.
    private static let migrationSuffix = ".migration"

    private static func plain(_ text: String) -> String {
        String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "_" })
    }
}
