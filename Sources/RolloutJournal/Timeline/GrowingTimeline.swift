import Foundation

/// A timeline that grows with its journal, line by line.
public struct GrowingTimeline: Sendable {
    private var fold: TimelineFold?
    private var digest = ""

    public init() {}

    /// Of all that is in a journal.
    ///
    /// - Parameter name: names it in messages.
    /// - Throws: `JournalError`, as `JournalReading` does.
    public init(reading blocks: JournalBlocks, name: String) throws(JournalError) {
        var fold: TimelineFold?
        let reading = try JournalReading(blocks, path: name) { entry in
            if fold == nil { fold = TimelineFold(first: entry) } else { fold?.take(entry) }
        }
        self.fold = fold
        digest = reading.digest
    }

    /// Takes the next line, as the journal wrote it. A line that is none is left out.
    public mutating func take(line: [UInt8]) {
        let body = line.last == UInt8(ascii: "\n") ? line.dropLast() : line[...]
        guard let entry = try? JSONDecoder().decode(JournalEntry.self, from: Data(body)) else { return }
        if let seal = JournalLine.seal(of: body) { digest = String(decoding: seal, as: UTF8.self) }
        if fold == nil { fold = TimelineFold(first: entry) } else { fold?.take(entry) }
    }

    /// nil before the first entry.
    public var timeline: RolloutTimeline? { fold?.timeline(digest: digest) }
}
