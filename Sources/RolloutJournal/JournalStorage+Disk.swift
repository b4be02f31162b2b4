import Foundation
import SystemPackage

extension JournalStorage {
    /// A new file, mode 0600, durable in its directory.
    ///
    /// - Throws: `JournalError.exists` when it is there already, `.inUse`, `.notWritten`.
    static func new(at path: String) throws(JournalError) -> JournalStorage {
        guard !FileManager.default.fileExists(atPath: path) else { throw .exists(path: path) }
        let file = try LockedFile(path, [.create, .exclusiveCreate])
        try file.syncDirectory()
        return JournalStorage(file)
    }

    /// A file that is there, to go on with.
    ///
    /// - Throws: `JournalError.notFound`, `.foreign`, `.unreadable`, `.inUse`, `.notWritten`.
    static func existing(at path: String) throws(JournalError) -> JournalStorage {
        // Where it cannot even be read, that is the trouble to name.
        let found = try JournalFile.open(path)
        try? found.close()
        return JournalStorage(try LockedFile(path, []))
    }

    private init(_ file: LockedFile) {
        self.init(
            name: file.path,
            read: { () throws(JournalError) in try JournalBlocks(ofFile: file.path) },
            append: { line, previous throws(JournalError) in try file.append(line, after: previous) },
            truncate: { length throws(JournalError) in try file.truncate(to: length) },
            keep: { JournalCheckpoint.file(beside: file.path).replace($0) })
    }
}
