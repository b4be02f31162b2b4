import SystemPackage

/// Small files, whole.
enum TextFile {
    static let bytesMax = 1 << 20

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
    static func write(_ text: String, to path: String, mode: FilePermissions) throws {
        let file = try FileDescriptor.open(
            FilePath(path), .writeOnly, options: [.create, .truncate], permissions: mode)
        try file.closeAfter { _ = try file.writeAll(text.utf8) }
    }
}
