import Foundation
import Glibc

/// A file that is replaced as a whole, at the place that its name leads to.
enum WholeFile {
    /// Writes to a pipe or a device, and replaces any other file: no reader ever sees a part of it.
    ///
    /// - Throws: Foundation's error where the file cannot be written.
    static func put(_ text: String, at path: String) throws {
        let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        guard isSpecial(url.path) else { return try Data(text.utf8).write(to: url, options: .atomic) }
        let handle = try FileHandle(forWritingTo: url)
        defer { try? handle.close() }
        try handle.write(contentsOf: Data(text.utf8))
    }

    /// True for a pipe, a socket or a device.
    static func isSpecial(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    }
}
