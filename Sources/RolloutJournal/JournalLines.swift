/// The lines of a journal, of which no more is kept than one block and one line. Only a line that goes on in the next block is
/// copied.
struct JournalLines {
    /// The longest line that is read, in bytes. A plan of a thousand hosts has a tenth of that.
    static let lineMax = 16 << 20

    private let path: String
    private var number = 1
    private let blocks: JournalBlocks
    private var block: ArraySlice<UInt8> = []
    private var begun: [UInt8] = []
    /// Of all lines up to now, newlines included.
    private(set) var wholeBytes = 0

    /// - Parameter path: names the file in messages.
    init(_ blocks: JournalBlocks, path: String) { (self.blocks, self.path) = (blocks, path) }

    /// At the end, of a last line without its newline.
    var begunBytes: Int { begun.count }

    /// Before the first line is taken: whether the file begins so, as far as it goes. No more than one block is read.
    mutating func beginWith(_ beginning: [UInt8]) throws(JournalError) -> Bool {
        if block.isEmpty { block = try blocks.next().map { $0[...] } ?? [] }
        return zip(block, beginning).allSatisfy { $0 == $1 }
    }

    /// The next line, without its newline; nil at the end.
    mutating func next() throws(JournalError) -> ArraySlice<UInt8>? {
        while true {
            if let end = block.firstIndex(of: UInt8(ascii: "\n")) { return line(to: end) }
            guard begun.count < Self.lineMax else {
                throw .damaged(
                    path: path, entry: number, why: "its line is longer than any that turnstile writes")
            }
            begun.append(contentsOf: block)
            block = []
            guard let more = try blocks.next() else { return nil }
            block = more[...]
        }
    }

    private mutating func line(to end: Int) -> ArraySlice<UInt8> {
        var line = block[..<end]
        block = block[(end + 1)...]
        if !begun.isEmpty {
            line = begun + line
            begun = []
        }
        wholeBytes += line.count + 1
        number += 1
        return line
    }
}
