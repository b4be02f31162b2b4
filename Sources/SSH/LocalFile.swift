import Glibc

/// The system's error from a failed call.
struct SystemFault: Error, Hashable, CustomStringConvertible {
    var code: Int32

    static var last: SystemFault { SystemFault(code: errno) }

    var description: String {
        var buffer = [CChar](repeating: 0, count: 256)
        _ = strerror_r(code, &buffer, buffer.count)
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

enum LocalFile {
    /// True if the path is a regular file, or does not exist yet. Text written to a device or a pipe cannot be read
    /// again.
    static func keepsWhatIsWritten(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return errno == ENOENT }
        return status.st_mode & S_IFMT == S_IFREG
    }

    /// The permissions of a file of this user's that let others at it; nil where they let nobody else, and for a file
    /// of another user.
    static func opennessToOthers(_ path: String) -> mode_t? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_uid == getuid(), status.st_mode & 0o077 != 0 else {
            return nil
        }
        return status.st_mode & 0o7777
    }

    /// Reads a small local file as a whole.
    static func read(_ path: String, bytesMax: Int) -> Result<[UInt8], SystemFault> {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return .failure(.last) }
        defer { _ = close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { return .failure(.last) }
            if count == 0 { return .success(bytes) }
            bytes += chunk[..<count]
            guard bytes.count <= bytesMax else { return .failure(SystemFault(code: EFBIG)) }
        }
    }
}
