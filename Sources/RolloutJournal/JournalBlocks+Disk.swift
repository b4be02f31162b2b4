import SystemPackage

extension JournalBlocks {
    private static let bytesMax = 1 << 18

    /// Also while another process writes it: an unfinished last line is for the reader to drop.
    ///
    /// - Throws: `JournalError.notFound`, `.foreign`, `.unreadable`.
    init(ofFile path: String) throws(JournalError) {
        self.init(of: OpenFile(try JournalFile.open(path), path))
    }

    /// Of an open file, from its offset on. The file is closed once nobody reads it.
    init(of descriptor: FileDescriptor, path: String) { self.init(of: OpenFile(descriptor, path)) }

    private init(of file: OpenFile) {
        self.init { () throws(JournalError) in
            let block = try file.read(upTo: Self.bytesMax)
            return block.isEmpty ? nil : block
        }
    }

    /// Open for as long as somebody reads it.
    private final class OpenFile {
        private let path: String
        private let descriptor: FileDescriptor

        init(_ descriptor: FileDescriptor, _ path: String) {
            (self.descriptor, self.path) = (descriptor, path)
        }

        deinit { try? descriptor.close() }

        /// The bytes that follow; none at the end.
        func read(upTo count: Int) throws(JournalError) -> [UInt8] {
            do {
                return try [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
                    read = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
            } catch {
                throw .unreadable(path: path, why: "\(error)")
            }
        }
    }
}
