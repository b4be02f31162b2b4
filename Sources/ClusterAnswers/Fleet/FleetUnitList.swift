public import HostFiles

/// `fleetctl list-units` or `list-unit-files`, asked with `--no-legend --fields=unit,…` for one word more: one line a unit,
/// or one for each machine that has it.
public struct FleetUnitList: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        public var unit: String
        /// An active state, or a desired state such as `launched`.
        public var state: String
    }

    public var entries: [Entry]

    /// - Throws: `MalformedText` for lines that are no unit and a word, error messages among them.
    public init(_ text: String) throws(MalformedText) {
        entries = []
        for line in try TextBounds.list.lines(of: text, as: .fleetUnits) where !line.text.isEmpty {
            let columns = line.text.split(separator: "\t").map(\.trimmingBlanks)
            guard columns.count == 2, columns[0].isUnitName,
                columns[1] == "-" || columns[1].consists(of: \.isLetter)
            else {
                throw .unexpected(
                    .fleetUnits, line: line.number, found: line.text, expected: "a unit and its state")
            }
            entries.append(Entry(unit: String(columns[0]), state: String(columns[1])))
        }
    }
}
