import Glibc
import SystemPackage

/// A file without a name that holds a text. A process that finds it as its standard input can open it again by its path
/// there, and reads it from the beginning: ssh reads its configuration twice where a `Match final` is in it, and a pipe
/// is empty the second time.
enum FilledFile {
    /// - Throws: `Errno` if the system has no room for it.
    static func readEnd(of text: String) throws -> FileDescriptor {
        var template = Array("/tmp/turnstile-XXXXXX".utf8CString)
        let descriptor = mkostemp(&template, O_CLOEXEC)
        guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        unlink(template)
        let file = FileDescriptor(rawValue: descriptor)
        do {
            _ = try file.writeAll(text.utf8)
            try file.seek(offset: 0, from: .start)
            return file
        } catch {
            try? file.close()
            throw error
        }
    }
}
