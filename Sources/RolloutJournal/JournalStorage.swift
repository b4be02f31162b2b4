/// The file under a journal, as the effects it needs. Live on a disk; simulated where disks are to fail.
public struct JournalStorage: Sendable {
    /// Names it in messages.
    public var path: String
    /// Everything in it.
    public var read: @Sendable () throws(JournalError) -> JournalBlocks
    /// Appends, and returns once it is durable. After an error any part of it may be in the file.
    public var append: @Sendable ([UInt8]) throws(JournalError) -> Void
    /// Leaves this many bytes.
    public var truncate: @Sendable (Int) throws(JournalError) -> Void

    public init(
        path: String, read: @escaping @Sendable () throws(JournalError) -> JournalBlocks,
        append: @escaping @Sendable ([UInt8]) throws(JournalError) -> Void,
        truncate: @escaping @Sendable (Int) throws(JournalError) -> Void
    ) {
        self.path = path
        self.read = read
        self.append = append
        self.truncate = truncate
    }
}
