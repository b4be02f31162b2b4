import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Small files, whole.
enum TextFile {
    static let bytesMax = 1 << 20

    /// The permissions of a file that all may read, as most are.
    static let readable: FilePermissions = [.ownerReadWrite, .groupRead, .otherRead]

    /// The file's bytes; nil if there is no such file.
    static func bytes(of path: String) throws -> [UInt8]? {
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(FilePath(path), .readOnly)
        } catch Errno.noSuchFileOrDirectory {
            return nil
        }
        return try file.closeAfter {
            var content: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while content.count < bytesMax {
                let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
                guard count > 0 else { break }
                content += buffer[..<count]
            }
            return content
        }
    }

    static func text(of path: String) throws -> String? {
        try bytes(of: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Creates the file or replaces what is in it.
    static func write(_ text: String, to path: String, mode: FilePermissions = readable) throws {
        let file = try FileDescriptor.open(
            FilePath(path), .writeOnly, options: [.create, .truncate], permissions: mode)
        try file.closeAfter { _ = try file.writeAll(text.utf8) }
    }

    /// Writes as `write` does; a reader at the same time sees the text of before, or this one.
    static func replace(_ path: String, with text: String) throws {
        try write(text, to: path + ".new")
        guard rename(path + ".new", path) == 0 else { throw Failure.lastSystemError("replace", path) }
    }

    /// Makes a directory, and those above it.
    static func makeDirectory(_ path: String) throws {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/\(part)"
            guard mkdir(made, 0o755) == 0 || errno == EEXIST else {
                throw Failure.lastSystemError("make", made)
            }
        }
    }
}
