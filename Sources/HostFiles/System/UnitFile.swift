/// The text of one systemd unit file or drop-in: the assignments of each section, in their order.
public struct UnitFile: Hashable, Sendable {
    public struct Assignment: Hashable, Sendable {
        public var section: String
        public var key: String
        /// As written, lines that end with a backslash joined by a blank.
        public var value: String
    }

    public private(set) var assignments: [Assignment] = []

    /// - Throws: `MalformedText` for a text that is no unit's: too long, or with a line that is none of the three kinds.
    public init(_ text: String) throws(MalformedText) {
        var section = ""
        var pending = ""
        for line in try TextBounds.small.lines(of: text, as: .unitFile) {
            let content = line.text.trimmingBlanks
            if content.utf8.first == UInt8(ascii: "#") || content.utf8.first == UInt8(ascii: ";") { continue }
            if let begun = content.before(suffix: "\\") {
                pending += begun + " "
                continue
            }
            let whole = Substring(pending + content)
            pending = ""
            guard !whole.isEmpty else { continue }
            if whole.utf8.first == UInt8(ascii: "["), let name = whole.dropFirst().before(suffix: "]") {
                section = String(name)
                continue
            }
            guard let (key, value) = whole.split(atFirst: "=" as Unicode.Scalar) else {
                throw .unexpected(.unitFile, line: line.number, found: whole, expected: "Key=value")
            }
            assignments.append(
                Assignment(
                    section: section, key: String(key.trimmingBlanks), value: String(value.trimmingBlanks)))
        }
    }
}
