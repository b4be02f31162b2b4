import Glibc
import SystemPackage

/// A file without a name that holds a text. A process that finds it as its standard input can open it again by its path
/// there, and reads it from the beginning: ssh reads its configuration twice where a `Match final` is in it, and a pipe
/// is empty the second time.
package enum FilledFile {
    /// - Throws: `Errno` if the system has no room for it.
    package static func readEnd(of text: String) throws -> FileDescriptor {
        let path = FilePath("/tmp/turnstile-\(String(UInt64.random(in: .min ... .max), radix: 36))")
        let file = try FileDescriptor.open(
            path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec],
            permissions: [.ownerReadWrite])
        do {
            guard unlink("\(path)") == 0 else { throw Errno(rawValue: errno) }
            _ = try file.writeAll(text.utf8)
            guard lseek(file.rawValue, 0, SEEK_SET) == 0 else { throw Errno(rawValue: errno) }
            return file
        } catch {
            try? file.close()
            throw error
        }
    }
}
