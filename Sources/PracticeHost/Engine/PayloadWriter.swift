import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Writes an image over a partition, piece by piece, in about the given time.
struct PayloadWriter: Sendable {
    var imagePath: String
    var devicePath: String
    var duration: Duration

    private static let pieceBytes = 1 << 20

    /// - Parameter progress: told bytes written and bytes in all, after each piece.
    func write(progress: @Sendable (Int64, Int64) async -> Void) async throws {
        let total = try Self.size(of: imagePath)
        let pieces = max(1, Int(total) / Self.pieceBytes)
        let image = try open(imagePath, .readOnly)
        defer { try? image.close() }
        let device = try open(devicePath, .writeOnly)
        defer { try? device.close() }
        var buffer = [UInt8](repeating: 0, count: Self.pieceBytes)
        var written: Int64 = 0
        while true {
            let count = try buffer.withUnsafeMutableBytes { try image.read(into: $0) }
            guard count > 0 else { break }
            try device.writeAll(buffer[..<count])
            written += Int64(count)
            await progress(written, total)
            try await Task.sleep(for: duration / pieces)
        }
        guard fsync(device.rawValue) == 0 else { throw Failure.lastSystemError("write", devicePath) }
    }

    static func size(of path: String) throws -> Int64 {
        let file = try FileDescriptor.open(FilePath(path), .readOnly)
        return try file.closeAfter { try file.seek(offset: 0, from: .end) }
    }

    private func open(_ path: String, _ mode: FileDescriptor.AccessMode) throws -> FileDescriptor {
        do {
            return try FileDescriptor.open(FilePath(path), mode)
        } catch let error as Errno {
            throw Failure.system(operation: "open", subject: path, reason: "\(error)")
        }
    }
}
