import AgentProtocol

/// An update that was downloaded ahead of the host's turn, and what proves later that it is still there.
public struct PrefetchMark: Codable, Hashable, Sendable {
    /// The partition table as the engine left it, before the partition was taken out of the boot order.
    public var applied: PartitionTable
    /// The digests of what was written; nil until they were read.
    public var written: WrittenSystem?
    /// journald's cursor once the engine rested; empty where journald keeps nothing. Any later download is logged after
    /// it.
    public var cursor: String?

    public init(applied: PartitionTable, written: WrittenSystem? = nil, cursor: String? = nil) {
        self.applied = applied
        self.written = written
        self.cursor = cursor
    }
}

/// The digests of a system that an update wrote.
public struct WrittenSystem: Codable, Hashable, Sendable {
    /// The SHA-256 of the whole partition, as `sha256sum` prints it.
    public var sha256: String
    /// The partition's kernel in /boot, wherever postinst puts one; empty where none was found.
    public var kernels: [FileDigest]

    public init(sha256: String, kernels: [FileDigest]) {
        self.sha256 = sha256
        self.kernels = kernels
    }
}
