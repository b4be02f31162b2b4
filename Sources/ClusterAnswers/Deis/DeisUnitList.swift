public import HostFiles

/// `deisctl list` (facts 9.3): a header, then one line for each machine that has a component.
public struct DeisUnitList: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        /// `deis-router@1.service`
        public var unit: String
        /// systemd's load, active and sub states, as fleet tells them.
        public var load: String
        public var active: String
        public var sub: String

        public var isUp: Bool { active == "active" && sub == "running" }
    }

    public var entries: [Entry]

    private static let header = ["UNIT", "MACHINE", "LOAD", "ACTIVE", "SUB"]

    /// The header must be there: deisctl tells errors on its standard output, and its exit code proves nothing.
    ///
    /// - Throws: `MalformedText` for lines that are no component of Deis', error messages among them.
    public init(_ text: String) throws(MalformedText) {
        entries = []
        let lines = try TextBounds.list.lines(of: text, as: .deisUnits)
        guard let first = lines.first else { throw .missing(.deisUnits, "the header") }
        guard first.columns.map(String.init) == Self.header else {
            throw .unexpected(
                .deisUnits, line: first.number, found: first.text,
                expected: Self.header.joined(separator: " "))
        }
        for line in lines.dropFirst() where !line.text.isEmpty {
            guard let entry = Entry(columns: line.columns) else {
                throw .unexpected(
                    .deisUnits, line: line.number, found: line.text,
                    expected: "a unit of Deis', its machine and three states")
            }
            entries.append(entry)
        }
    }
}

extension DeisUnitList.Entry {
    fileprivate init?(columns: [Substring]) {
        guard columns.count == 5, columns[0].after("deis-") != nil, columns[0].isUnitName,
            columns[1].utf8.count <= 128, columns[1].consists(of: { (0x21..<0x7f).contains($0) }),
            columns[2...].allSatisfy({ $0.consists(of: { $0.isLetter || $0 == UInt8(ascii: "-") }) })
        else { return nil }
        self.init(
            unit: String(columns[0]), load: String(columns[2]), active: String(columns[3]),
            sub: String(columns[4]))
    }
}

extension TextLine {
    /// Between one tab or several.
    fileprivate var columns: [Substring] { text.split(separator: "\t").map(\.trimmingBlanks) }
}
