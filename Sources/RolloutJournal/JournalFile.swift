import Glibc
import SystemPackage

/// Opens what has a journal's name for reading: another process, or a person, may have put anything there.
enum JournalFile {
    /// - Throws: `JournalError.notFound`; `.foreign` where it is no file; `.forbidden`, `.unreadable`.
    static func open(_ path: String) throws(JournalError) -> FileDescriptor {
        let file: FileDescriptor
        do {
            // A pipe that nobody writes is not waited for.
            file = try FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec, .nonBlocking])
        } catch {
            throw fault(error, at: path)
        }
        guard isRegular(file) else {
            try? file.close()
            throw .foreign(path: path, why: "it is no file, but a directory or a device")
        }
        return file
    }

    private static func fault(_ error: any Error, at path: String) -> JournalError {
        guard let failure = error as? Errno, failure == .noSuchFileOrDirectory else {
            return ForbiddenPlace(path, .read, after: error).map(JournalError.forbidden)
                ?? .unreadable(path: path, why: "\(error)")
        }
        return isLink(path) ? .foreign(path: path, why: "it is a link to nothing") : .notFound(path: path)
    }

    private static func isRegular(_ file: FileDescriptor) -> Bool {
        var status = stat()
        return fstat(file.rawValue, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}
