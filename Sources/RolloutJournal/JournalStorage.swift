/// The place of one journal, as the effects that the journal needs. Live in a file; simulated where disks are to fail.
public struct JournalStorage: Sendable {
    /// The place, as messages name it: a path, for a file.
    public var name: String
    /// Everything in it.
    public var read: @Sendable () async throws(JournalError) -> JournalBlocks
    /// Appends a line if the last line is the one with this digest, and returns once the line is durable.
    ///
    /// Throws `JournalError.overtaken` where another line is the last: nothing is written then. After any other error a
    /// part of the line may be there.
    public var append:
        @Sendable (_ line: [UInt8], _ previous: JournalLine.Digest) async throws(JournalError) -> Void
    /// Leaves this many bytes.
    public var truncate: @Sendable (Int) async throws(JournalError) -> Void
    /// Keeps a checkpoint beside it, in the place of the one before. That it could not be kept is no trouble.
    public var keep: @Sendable (_ checkpoint: [UInt8]) async -> Void
    /// The number of entries that follow a checkpoint before the next one.
    public var checkpointsApart = JournalCheckpoint.apart

    public init(
        name: String, read: @escaping @Sendable () async throws(JournalError) -> JournalBlocks,
        append: @escaping @Sendable ([UInt8], JournalLine.Digest) async throws(JournalError) -> Void,
        truncate: @escaping @Sendable (Int) async throws(JournalError) -> Void,
        keep: @escaping @Sendable ([UInt8]) async -> Void = { _ in }
    ) {
        self.name = name
        self.read = read
        self.append = append
        self.truncate = truncate
        self.keep = keep
    }
}
