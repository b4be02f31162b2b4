import Glibc
import RolloutModel

extension JournalPlaceCheck.Place {
    /// Looks; makes nothing.
    static func read(_ path: String) -> JournalPlaceCheck.Place {
        var status = stat()
        guard stat(path, &status) == 0 else {
            switch errno {
            case ENOENT: return missing(above: path)
            case ENOTDIR: return .noDirectory(at: firstFile(on: path))
            default: return .unreadable(why: String(cString: strerror(errno)))
            }
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { return .noDirectory(at: path) }
        return .directory(directory(path, status))
    }

    private static func missing(above path: String) -> JournalPlaceCheck.Place {
        for parent in parents(of: path) {
            var status = stat()
            guard stat(parent, &status) == 0 else { continue }
            guard status.st_mode & S_IFMT == S_IFDIR else { return .noDirectory(at: parent) }
            return .missing(parent: directory(parent, status), parentPath: parent)
        }
        return .unreadable(why: String(cString: strerror(ENOENT)))
    }

    private static func firstFile(on path: String) -> String {
        parents(of: path).first { parent in
            var status = stat()
            return stat(parent, &status) == 0
        } ?? path
    }

    /// The directories above, the nearest first.
    private static func parents(of path: String) -> [String] {
        let parts = path.split(separator: "/")
        return (0..<parts.count).reversed().map { "/" + parts[..<$0].joined(separator: "/") }
    }

    private static func directory(_ path: String, _ status: stat) -> JournalPlaceCheck.Directory {
        var space = statvfs()
        let (blocks, isOver) =
            statvfs(path, &space) == 0
            ? UInt64(space.f_bavail).multipliedReportingOverflow(by: UInt64(space.f_frsize)) : (0, true)
        return JournalPlaceCheck.Directory(
            isWritable: access(path, W_OK | X_OK) == 0, mode: status.st_mode & 0o7777,
            freeBytes: isOver ? nil : Int64(clamping: blocks), isForeign: status.st_uid != geteuid())
    }
}
