/// `systemctl list-units --no-legend --full`: one line a unit; its name, three states, and its description.
public struct SystemdUnitList: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        public var unit: String
        /// `failed`, `activating`, …
        public var active: String
        /// `failed`, `auto-restart`, `start-pre`, …
        public var sub: String

        /// nil for words that are no unit and three states.
        init?(unit: Substring, load: Substring, active: Substring, sub: Substring) {
            let areStates = [load, active, sub].allSatisfy { state in
                state.consists(of: { $0.isLetter || $0 == UInt8(ascii: "-") })
            }
            guard unit.isUnitName, areStates else { return nil }
            self.unit = String(unit)
            self.active = String(active)
            self.sub = String(sub)
        }

        /// True if the unit failed, or ended and waits for its restart.
        public var isFailing: Bool { active == "failed" || sub == "auto-restart" }
        public var isStarting: Bool { active == "activating" && sub != "auto-restart" }
        public var isRunningService: Bool {
            active == "active" && sub == "running" && unit.hasSuffix(".service")
        }
    }

    public var entries: [Entry]

    init(entries: [Entry]) { self.entries = entries }

    /// - Throws: `MalformedText` for a line that is not a unit with its states.
    public init(_ text: String) throws(MalformedText) {
        entries = []
        for line in try TextBounds.list.lines(of: text, as: .unitList) where !line.text.isEmpty {
            var columns = line.text.split(separator: " ", maxSplits: 5).map(\.trimmingBlanks)
            // A dot stands before a unit that is not well, in the one or the other script.
            if let first = columns.first, !first.contains(".") { columns.removeFirst() }
            guard columns.count >= 4,
                let entry = Entry(unit: columns[0], load: columns[1], active: columns[2], sub: columns[3])
            else {
                throw .unexpected(
                    .unitList, line: line.number, found: line.text, expected: "a unit and three states")
            }
            entries.append(entry)
        }
    }
}
