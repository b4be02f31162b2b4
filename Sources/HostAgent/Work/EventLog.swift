import AgentProtocol

/// The messages told while a goal is worked at: a file of JSON lines, from the unit to whoever follows.
///
/// The file lies in `/run` and goes with the boot; how a goal ended is in the record, which does not.
struct EventLog: Sendable {
    static let directory = "/run/turnstile"

    /// So many goals' events are kept, for callers that still follow one that was overtaken.
    private static let kept = 4
    private static let prefix = "events-"
    private static let chunkBytesMax = 64 << 10

    var files: HostFileAccess
    var goal: Goal

    private var path: String { "\(Self.directory)/\(Self.prefix)\(goal.key)" }

    /// Makes room for it, and forgets old ones, those of another record among them.
    func open() throws(HostFault) {
        try files.makeDirectory(Self.directory, 0o700)
        for name in try files.list(Self.directory) ?? [] where isForgotten(name) {
            try files.remove("\(Self.directory)/\(name)")
        }
    }

    private func isForgotten(_ name: String) -> Bool {
        guard name.hasPrefix(Self.prefix), name != Self.prefix + goal.key else { return false }
        let number = Int(name.dropFirst(Self.prefix.count).prefix { $0 != "-" })
        // A goal's events go by its number; a higher one was given by a record that is no more.
        return number.map { $0 >= goal.number || $0 <= goal.number - Self.kept } ?? true
    }

    func append(_ message: AgentMessage) throws {
        try files.append(path, try Wire.line(message))
    }

    /// The message that ended the goal, for one whose end was told and could not be recorded, as on a full disk.
    ///
    /// The message stands: nobody is told that something failed which is then done behind their back.
    func ending() -> AgentMessage? {
        var offset = 0
        while let news = try? messages(from: offset), news.next > offset {
            if let end = news.messages.first(where: \.isLast) { return end }
            offset = news.next
        }
        return nil
    }

    /// The whole lines from `offset` on, and where the next ones begin.
    func messages(from offset: Int) throws -> (messages: [AgentMessage], next: Int) {
        guard let bytes = try files.readOn(path, offset, Self.chunkBytesMax),
            let end = bytes.lastIndex(of: UInt8(ascii: "\n"))
        else { return ([], offset) }
        let lines = bytes[...end].split(separator: UInt8(ascii: "\n"))
        return (try lines.map { try Wire.decode(AgentMessage.self, line: $0) }, offset + end + 1)
    }
}
