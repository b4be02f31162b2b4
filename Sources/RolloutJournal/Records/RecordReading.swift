import RolloutModel

/// A line of a record.
public struct RecordEntry<Event: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    /// 1, 2, 3, … without a gap.
    public var number: Int
    /// The time, ISO 8601, UTC, for people.
    public var at: String
    public var what: Event

    public init(number: Int, at: String, what: Event) {
        self.number = number
        self.at = at
        self.what = what
    }
}

/// A record as its bytes tell it, every line checked.
public struct RecordReading<State: RecordedState>: Sendable {
    public typealias Entry = RecordEntry<State.Event>

    public var state: State
    var digest: JournalLine.Digest
    var count: Int
    var wholeBytes: Int
    var tornBytes: Int

    /// - Parameter each: is handed every entry, in their order.
    /// - Throws: `JournalError.empty`, `.foreign`, `.formatUnknown`, `.damaged`, `.unreadable`.
    public init(
        _ blocks: JournalBlocks, path: String, each: (Entry) -> Void = { _ in }
    ) throws(JournalError) {
        var lines = JournalLines(blocks, path: path)
        guard try lines.beginWith(JournalLine.beginning) else {
            throw .foreign(path: path, why: "it begins otherwise than a record")
        }
        var state: State?
        digest = JournalLine.origin
        count = 0
        while let line = try lines.next() {
            count += 1
            let entry = try Self.entry(line, &digest, count, path)
            each(entry)
            if state == nil {
                state = try Self.first(entry, path)
            } else if state?.apply(entry.what) != true {
                throw .damaged(path: path, entry: count, why: "it cannot follow")
            }
        }
        guard let state else { throw .empty(path: path) }
        self.state = state
        wholeBytes = lines.wholeBytes
        tornBytes = lines.begunBytes
    }

    private static func entry(
        _ line: ArraySlice<UInt8>, _ digest: inout JournalLine.Digest, _ number: Int, _ path: String
    ) throws(JournalError) -> Entry {
        do throws(JournalLine.Fault) {
            let entry: Entry = try JournalLine.read(line, after: &digest, isSealed: true)
            guard entry.number == number else {
                throw JournalLine.Fault(why: "its number is \(entry.number)")
            }
            return entry
        } catch {
            throw .damaged(path: path, entry: number, why: error.why)
        }
    }

    private static func first(_ entry: Entry, _ path: String) throws(JournalError) -> State {
        guard let format = State.format(of: entry.what), let state = State(first: entry.what) else {
            throw .foreign(path: path, why: "it opens no \(State.kind)")
        }
        guard State.formats.contains(format) else { throw .formatUnknown(path: path, format: format) }
        return state
    }
}
