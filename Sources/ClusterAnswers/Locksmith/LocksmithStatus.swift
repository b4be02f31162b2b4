public import HostFiles

/// `locksmithctl status`: the cluster's reboot semaphore (facts 8).
public struct LocksmithStatus: Hashable, Sendable {
    /// How many more machines may reboot now; set-max below the number of holders makes it negative.
    public var available: Int
    public var max: Int
    /// Machine ids, as they locked.
    public var holders: [String]

    public init(available: Int, max: Int, holders: [String]) {
        self.available = available
        self.max = max
        self.holders = holders
    }

    /// - Throws: `MalformedText` for anything but `Available:`, `Max:` and the list of holders.
    public init(_ text: String) throws(MalformedText) {
        let lines = try TextBounds.list.lines(of: text, as: .locksmithStatus).filter { !$0.text.isEmpty }
        available = try Self.number(after: "Available: ", in: lines, at: 0)
        max = try Self.number(after: "Max: ", in: lines, at: 1)
        holders = []
        for line in lines.dropFirst(2) {
            if holders.isEmpty, line.text == "MACHINE ID" { continue }
            holders.append(String(line.text.trimmingBlanks))
        }
    }

    /// The value of the semaphore's key: `{"semaphore":0,"max":1,"holders":["…"]}`
    public init(json: String) throws(MalformedText) {
        let stored = try JSONText.decode(Stored.self, from: json, as: .locksmithSemaphore)
        self.init(available: stored.semaphore, max: stored.max, holders: stored.holders ?? [])
    }

    private struct Stored: Decodable {
        var semaphore: Int
        var max: Int
        /// `null` until someone locked.
        var holders: [String]?
    }

    private static func number(after label: String, in lines: [TextLine], at index: Int)
        throws(MalformedText) -> Int
    {
        guard index < lines.count else { throw .missing(.locksmithStatus, "\"\(label)\"") }
        let line = lines[index]
        guard let number = line.text.after(label).flatMap({ Int($0) }) else {
            throw .unexpected(
                .locksmithStatus, line: line.number, found: line.text, expected: "\(label)and a number")
        }
        return number
    }
}
