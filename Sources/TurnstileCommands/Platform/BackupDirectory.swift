import Coordinator
import Digest
import Foundation
import Reports
import RolloutModel

/// A backup of a platform's keys on this machine: files that only this user can read, and a list of their
/// digests.
struct BackupDirectory {
    let path: String

    private static let list = "SHA256SUMS"

    /// A path for a new backup. Paths sort by time.
    static var newPath: String {
        "platform-" + Date.now.formatted(.iso8601).replacing(":", with: "").replacing("-", with: "")
    }

    /// - Throws: `CommandFailure` where something is there already.
    func requireNew() throws(CommandFailure) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path), names.isEmpty else {
            throw CommandFailure(
                .failed,
                "'\(path)' is there already, and a backup replaces nothing: move it away, or name another directory"
            )
        }
    }

    /// Writes a backup beside its place, reads it again, and gives it its name. A backup that was cut off has none.
    ///
    /// - Throws: `CommandFailure` where something is there already, or the backup cannot be written, or does not read as
    ///   it was to be written.
    func write(_ backup: PlatformBackup) throws(CommandFailure) {
        try requireNew()
        let draft = BackupDirectory(path: "\(URL(fileURLWithPath: path).path).writing-\(UUID().uuidString)")
        do {
            defer { try? FileManager.default.removeItem(atPath: draft.path) }
            try draft.fill(backup)
            guard draft.isWhole else {
                throw CommandFailure(.failed, "the backup '\(path)' is not what was written")
            }
            // Takes the place of an empty directory, and of nothing else.
            guard rename(draft.path, path) == 0 else {
                throw CommandFailure(
                    .failed, "the backup '\(path)' cannot be written: \(String(cString: strerror(errno)))")
            }
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(
                .failed, "the backup '\(path)' cannot be written: \(error.localizedDescription)")
        }
    }

    private func fill(_ backup: PlatformBackup) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for (name, bytes) in backup.files { try put(bytes, name) }
        let sums = backup.files.sorted { $0.key < $1.key }.map {
            "\(SHA256.hexDigest($0.value))  \($0.key)\n"
        }
        try put(Array(sums.joined().utf8), Self.list)
    }

    private func put(_ bytes: [UInt8], _ name: String) throws {
        let file = URL(fileURLWithPath: "\(path)/\(name)")
        try Data(bytes).write(to: file, options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    /// True if every file of the backup's list is there as it was written.
    var isWhole: Bool {
        guard let list = try? String(contentsOfFile: "\(path)/\(Self.list)", encoding: .utf8), !list.isEmpty
        else { return false }
        return list.split(separator: "\n").allSatisfy { line in
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            guard words.count == 2, PlainName.isPlain(words[1]),
                let data = try? Data(contentsOf: URL(fileURLWithPath: "\(path)/\(words[1])"))
            else { return false }
            return SHA256.hexDigest([UInt8](data)) == words[0]
        }
    }
}
