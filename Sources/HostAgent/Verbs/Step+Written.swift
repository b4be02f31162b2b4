import AgentProtocol
import Digest

extension Step {
    /// The agent reads so much at once, and has as much memory.
    private static let chunkBytes = 1 << 20
    /// Between looks at the time.
    private static let chunksBetweenChecks = 16

    /// The digests of what an update wrote: the whole partition, and its kernel in /boot.
    func written(to partition: PartitionName) throws -> WrittenSystem {
        let kernels = try reader.kernels(of: partition.label).map { path in
            FileDigest(path: path, sha256: try digest(of: path))
        }
        return WrittenSystem(sha256: try digest(of: partition.device), kernels: kernels)
    }

    /// The SHA-256 of a file or a device, as `sha256sum` prints it.
    ///
    /// - Throws: `StepStop` where the time is over; `HostFault` where it cannot be read, or is empty.
    private func digest(of path: String) throws -> String {
        var hash = SHA256()
        var offset = 0
        while true {
            if offset % (Self.chunkBytes * Self.chunksBetweenChecks) == 0 {
                try check(doing: "reading \(path)")
            }
            guard let bytes = try effects.files.readOn(path, offset, Self.chunkBytes) else {
                throw HostFault.fileFailed(operation: .read, path: path, reason: "it is missing")
            }
            guard !bytes.isEmpty else { break }
            bytes.withUnsafeBytes { hash.update($0) }
            offset += bytes.count
        }
        guard offset > 0 else {
            throw HostFault.fileFailed(operation: .read, path: path, reason: "it is empty")
        }
        return String(decoding: hash.finishedInHex(), as: UTF8.self)
    }
}
