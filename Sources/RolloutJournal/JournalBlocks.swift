/// The bytes of a journal's file from its beginning, block by block.
public struct JournalBlocks {
    /// nil at the end.
    let next: () throws(JournalError) -> [UInt8]?

    init(next: @escaping () throws(JournalError) -> [UInt8]?) { self.next = next }

    /// Of a file that is in memory already.
    public init(_ bytes: [UInt8]) {
        var rest: [UInt8]? = bytes
        next = {
            defer { rest = nil }
            return rest
        }
    }
}
