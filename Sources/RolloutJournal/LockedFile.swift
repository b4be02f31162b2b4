import Glibc
import SystemPackage

/// A file open for appending by one process at a time, by a lock that the kernel drops when that process ends, however
/// it ends.
final class LockedFile: Sendable {
    let path: String
    private let file: FileDescriptor

    init(_ path: String, _ options: FileDescriptor.OpenOptions) throws(JournalError) {
        do {
            file = try FileDescriptor.open(
                FilePath(path), .readWrite, options: options.union([.append, .closeOnExec]),
                permissions: .ownerReadWrite)
        } catch {
            let act = options.contains(.create) ? ForbiddenPlace.Act.make : .write
            throw ForbiddenPlace(path, act, after: error).map(JournalError.forbidden)
                ?? .notWritten(path: path, why: "\(error)")
        }
        self.path = path
        guard flock(file.rawValue, LOCK_EX | LOCK_NB) != 0 else { return }
        let failure = errno
        throw failure == EWOULDBLOCK
            ? .inUse(path: path) : .notWritten(path: path, why: "\(Errno(rawValue: failure))")
    }

    /// Gives up the lock by name, and not by closing alone: a child being spawned at this moment has the descriptor, too,
    /// until it runs its program. Every entry was synced when it was written, so there is nothing to lose.
    deinit {
        flock(file.rawValue, LOCK_UN)
        try? file.close()
    }

    /// Appends a line to the one with this digest, and syncs it.
    ///
    /// - Throws: `JournalError.overtaken` where the file ends in another line, as after an edit; `.notWritten`.
    func append(_ line: [UInt8], after previous: JournalLine.Digest) throws(JournalError) {
        let mayFollow = try JournalLine.mayFollow(try end(), previous) { () throws(JournalError) in
            try JournalBlocks(ofFile: path)
        }
        guard mayFollow else { throw .overtaken(path: path) }
        try check { [file] in
            try file.writeAll(line)
            guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
        }
    }

    /// The last bytes: enough to tell the digest of a line.
    private func end() throws(JournalError) -> [UInt8] {
        try check { [file] in
            let size = try file.seek(offset: 0, from: .end)
            let count = Int(min(size, Int64(JournalLine.endBytes)))
            return try [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
                read = try file.read(
                    fromAbsoluteOffset: size - Int64(count), into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
    }

    func truncate(to length: Int) throws(JournalError) {
        try check { [file] in try file.resize(to: Int64(length)) }
    }

    /// A new file is only durable once its directory is.
    func syncDirectory() throws(JournalError) {
        try check { [path] in
            let directory = try FileDescriptor.open(FilePath(path).removingLastComponent(), .readOnly)
            try directory.closeAfter {
                guard fsync(directory.rawValue) == 0 else { throw Errno(rawValue: errno) }
            }
        }
    }

    /// True if some process has the file open for writing now. A directory or a device counts as not open.
    static func isHeld(path: String) throws(JournalError) -> Bool {
        let file: FileDescriptor
        do throws(JournalError) {
            file = try JournalFile.open(path)
        } catch .foreign, .notFound {
            return false
        }
        defer {
            flock(file.rawValue, LOCK_UN)
            try? file.close()
        }
        return flock(file.rawValue, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    private func check<Result>(_ body: () throws -> Result) throws(JournalError) -> Result {
        do {
            return try body()
        } catch {
            throw .notWritten(path: path, why: "\(error)")
        }
    }
}
